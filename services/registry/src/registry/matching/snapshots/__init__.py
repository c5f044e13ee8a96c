"""Snapshots of source systems: sealed, for a term."""
