"""Vacancies of employers of this province, and who holds their seats."""
