"""Assessments, certificates, and whether one holds."""
