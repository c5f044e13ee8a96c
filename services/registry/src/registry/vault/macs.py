"""HMAC-SHA256 under keys that are used again and again."""

from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC


def mac(key: bytes, text: bytes) -> bytes:
    """32 bytes."""
    digest = _under(key).copy()
    digest.update(text)
    return digest.finalize()


@lru_cache(maxsize=8)
def _under(key: bytes) -> HMAC:
    """Setting up a key takes longer than a digest under it."""
    return HMAC(key, SHA256())
