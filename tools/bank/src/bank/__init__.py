"""A bank to try payments with: files in, files out, and seeded mishaps."""
