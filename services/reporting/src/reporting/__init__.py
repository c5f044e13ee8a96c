"""The read side of all services."""
