"""Imports: rosters that an office sends, judged row by row; what they hold is sealed, and destroyed at its term."""
