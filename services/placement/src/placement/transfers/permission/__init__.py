"""Whether this province acts for a worker: the service's own answer to what its registry holds."""
