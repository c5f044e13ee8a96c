"""Employers, and which of them are employment bases for poor workers."""
