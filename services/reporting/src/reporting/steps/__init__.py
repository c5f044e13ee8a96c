"""Steps: what workers have reached, one mechanism for every number that counts persons."""
