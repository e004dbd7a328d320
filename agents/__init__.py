"""Who acts on the copy: one room for each act, and the command line that joins them."""
