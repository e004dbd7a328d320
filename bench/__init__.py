"""Measures how fast the river runs, each figure a ratio against a yardstick in the same run."""
