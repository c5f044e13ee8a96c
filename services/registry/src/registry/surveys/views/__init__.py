"""Read models of surveys, one file each."""
