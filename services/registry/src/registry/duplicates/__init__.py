"""Workers who may be one person: how they are found, and what a person decides about them."""
