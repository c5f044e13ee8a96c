"""A person's own file: all that is recorded about them, in words, and who read it."""
