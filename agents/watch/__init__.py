"""Watches the worker: whether it is well, and what it did, on its web port."""
