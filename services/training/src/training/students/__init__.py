"""Students of technical schools: looked after by name, seen every month, until they graduate or leave (R-ADD-05)."""
