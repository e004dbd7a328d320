"""Finds the people, organisations, places and events that new passages name."""
