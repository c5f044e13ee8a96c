"""Intakes of technical schools: who gets a place, and who an internship, in the order of the priorities."""
