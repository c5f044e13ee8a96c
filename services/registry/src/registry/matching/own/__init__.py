"""The registry's own side of a comparison."""
