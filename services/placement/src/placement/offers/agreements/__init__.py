"""Cooperation agreements: each side holds a stream, and both say the same."""
