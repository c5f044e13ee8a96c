"""Allowances: what a person gets of a kind, over all claims, and whose turn it is to take of it (R-SUB-30)."""
