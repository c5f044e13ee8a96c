"""Comparison of other offices' systems with each other and with ours (R-REG-13 to R-REG-15)."""
