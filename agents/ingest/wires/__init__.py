"""The trade's formats: each file reads one into raw articles, `recognition` tells from the bytes which it is."""
