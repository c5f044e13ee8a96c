"""Policies: a fact leads to commands. The file name is the sentence."""
