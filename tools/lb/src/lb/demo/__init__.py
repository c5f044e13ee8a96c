"""The demonstration: counties send made-up rosters through REST, every verdict has to be the planted one, and reporting
has to agree."""
