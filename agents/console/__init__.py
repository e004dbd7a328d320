"""The console: what came in, what is new in it and why it rang, for people to look at."""
