"""Read models of batches."""
