"""Articles polled from RSS, Atom and JSON feeds."""
