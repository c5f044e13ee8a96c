"""Where workers are paid: sealed, and opened for the payer and the person alone."""
