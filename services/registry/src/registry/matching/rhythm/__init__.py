"""When a comparison is due, and whether it was made in time."""
