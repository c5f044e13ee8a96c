"""Workers, as far as the registry tells of them: where they belong, in which groups, and who stands for whom."""
