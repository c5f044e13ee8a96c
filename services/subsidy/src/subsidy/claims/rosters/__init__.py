"""Whom it concerns when an institution falls: its classes, and who was in them (R-INS-06, R-RGT-10)."""
