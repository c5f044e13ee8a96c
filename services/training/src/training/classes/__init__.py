"""Classes: filed, approved, held, closed."""
