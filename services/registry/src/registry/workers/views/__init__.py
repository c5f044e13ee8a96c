"""Read models of workers."""
