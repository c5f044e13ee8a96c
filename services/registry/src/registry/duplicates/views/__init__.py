"""Read models of duplicates, one file each."""
