"""Programmes: the public, versioned catalogue of what may be taught."""
