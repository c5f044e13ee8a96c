"""What home knows of its workers' jobs, over employers and provinces; and the meter of stable employment."""
