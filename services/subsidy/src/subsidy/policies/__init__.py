"""What follows from facts. The name of each file is the sentence."""
