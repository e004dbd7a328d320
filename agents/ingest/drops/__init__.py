"""Articles dropped as files into a folder."""
