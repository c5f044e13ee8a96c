"""Read models of classes."""
