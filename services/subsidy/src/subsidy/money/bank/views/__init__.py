"""Read models of files."""
