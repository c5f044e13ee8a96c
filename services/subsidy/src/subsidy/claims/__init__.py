"""Claims: opened by facts, decided by rule packs, corrected when a fact falls."""
