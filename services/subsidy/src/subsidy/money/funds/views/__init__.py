"""Read models of funds."""
