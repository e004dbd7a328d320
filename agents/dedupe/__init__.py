"""Compares copy with what was seen before, passage by passage."""
