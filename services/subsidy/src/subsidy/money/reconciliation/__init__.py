"""Reconciliation: every movement that the bank states is one that we know, and every one that we know is stated."""
