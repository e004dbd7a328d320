"""Ties articles to stories, decides the verdicts and words the alerts."""
