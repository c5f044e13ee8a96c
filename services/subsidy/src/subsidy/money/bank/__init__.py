"""Files to and from the bank, as `docs/bank-files.md` has them: written whole, taken whole or refused whole."""
