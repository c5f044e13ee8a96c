"""Workers, as far as the registry tells of them: where they belong, in which groups, and whether they live."""
