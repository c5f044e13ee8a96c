"""Read models of reconciliation."""
