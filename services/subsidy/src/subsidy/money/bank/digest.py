"""The digest of a file."""

import hashlib


def digest(data: bytes) -> str:
    """SM3 (GB/T 32905) in hex."""
    return hashlib.new("sm3", data).hexdigest()
