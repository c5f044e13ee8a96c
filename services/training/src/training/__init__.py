"""Who teaches what, and each worker's way through a class."""
