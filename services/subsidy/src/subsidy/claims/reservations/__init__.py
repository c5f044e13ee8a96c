"""Reservations: once per person, occupation and level (R-SUB-22)."""
