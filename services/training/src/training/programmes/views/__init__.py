"""Read models of programmes."""
