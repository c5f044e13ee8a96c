"""Read models of institutions."""
