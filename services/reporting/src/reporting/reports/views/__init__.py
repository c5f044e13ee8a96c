"""Read models of reports."""
