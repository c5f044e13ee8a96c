"""Each worker's way: designated, choice, seat, completed or failed."""
