"""Turns raw copy into clean paragraphs with what is known about them."""
