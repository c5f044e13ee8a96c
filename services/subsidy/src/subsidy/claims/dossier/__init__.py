"""A worker's dossier: what others said of the worker that claims rest on."""
