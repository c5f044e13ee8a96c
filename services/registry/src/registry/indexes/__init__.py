"""Blind indexes: by what numbers and persons are found and recognised without being read, and under which keys."""
