"""Erasing: a fact in the log, then the person's key destroyed for ever, wherever and whatever is restored."""
