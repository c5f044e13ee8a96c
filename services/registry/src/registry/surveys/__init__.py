"""Surveys: what a named surveyor found out about a worker, and what another person said of it."""
