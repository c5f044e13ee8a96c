"""What follows from what: each file is one sentence."""
