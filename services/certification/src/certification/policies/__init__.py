"""What follows from facts: a file each, whose name is the sentence."""
