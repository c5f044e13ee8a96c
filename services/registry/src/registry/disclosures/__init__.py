"""Disclosures: whose personal data somebody read, and what for."""
