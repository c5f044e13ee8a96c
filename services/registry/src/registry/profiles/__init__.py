"""Answers by the field codes of other systems."""
