"""Read models of rule packs."""
