"""Training classes, as far as training tells of them: whose they are, who is in them."""
