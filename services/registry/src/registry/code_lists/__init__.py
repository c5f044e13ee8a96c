"""Code lists as of a date, and our fields by the names of other vocabularies."""
