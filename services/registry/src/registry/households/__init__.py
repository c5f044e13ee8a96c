"""Households: their members, their poverty status over time, and what was found out about the family."""
