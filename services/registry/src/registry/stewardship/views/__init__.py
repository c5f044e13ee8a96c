"""Read models of stewardship, one file each."""
