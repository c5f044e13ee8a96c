"""Read models of imports."""
