"""Funds, payments, the bank, and reconciliation."""
