"""Brings copy in: files, folders and JSON lines, replayed onto the first topic."""
