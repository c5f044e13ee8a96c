"""Rule packs: what is owed by which rule, as data."""
