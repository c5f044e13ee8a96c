"""Rosters as county offices have them, made up, with the verdict that every row deserves.

Verdicts follow from the defect that was planted, never from a check: nothing here comes from a service or from the
published language, so that an import can be measured against it.
"""
