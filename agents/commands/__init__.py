"""The command line: what people type, each act handed to the room that does it."""
