"""Runs of a comparison."""
