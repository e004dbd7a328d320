"""Measures the judge against what an editor said: repeats, stories, facts, and where two versions differ."""
