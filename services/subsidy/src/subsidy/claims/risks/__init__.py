"""The list of risks: what is watched, worked off, and how old it is (R-SUB-25, R-INS-21)."""
