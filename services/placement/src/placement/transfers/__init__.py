"""How a worker gets from a home county to a job elsewhere, and which province may act for the worker."""
