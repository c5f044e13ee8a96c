"""Read models of claims."""
