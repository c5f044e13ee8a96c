"""Jobs, kept where the work is: contract, start, months, end."""
