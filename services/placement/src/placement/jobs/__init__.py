"""Jobs that began: employment, the career over employers and provinces, follow-up."""
