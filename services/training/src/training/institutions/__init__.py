"""Institutions: what each may teach, from when to when, and why not any more."""
