"""The demonstration: offices survey and review made-up workers through REST, and reporting has to agree."""
