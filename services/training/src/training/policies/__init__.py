"""What follows from facts. The name of a file is the sentence."""
