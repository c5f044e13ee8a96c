"""Read models of transfers."""
