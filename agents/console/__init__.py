"""Shows the river to people."""
