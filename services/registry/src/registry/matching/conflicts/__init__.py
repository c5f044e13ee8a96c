"""Conflicts between source systems: each is decided by a person."""
