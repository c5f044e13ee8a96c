"""Read models of who is here now."""
