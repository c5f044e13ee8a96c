"""What one receiver alone can read: HPKE (RFC 9180) with X25519, HKDF-SHA256 and AES-256-GCM. No input or output.

A sealed text is its version, the id of the key that it was sealed to, and what HPKE made. `about` says what it is and
for whom; it is not in the text, and who opens it under another one gets nothing.
"""

import hashlib
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

VERSION: Final = b"\x01"
ID_BYTES: Final = 8
_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_HEAD: Final = len(VERSION) + ID_BYTES


class NotForUs(Exception):
    """This text was not sealed to this key, or not about this, or was changed."""


def new_key() -> tuple[bytes, bytes]:
    """A private key and its public half, 32 bytes each."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_half(private_key: bytes) -> bytes:
    """What others seal to."""
    return X25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def seal(public_key: bytes, plain: bytes, *, about: bytes) -> bytes:
    """Sealed to that key; every call gives other bytes. ValueError where it is no key."""
    made = _SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(public_key), info=about)
    return VERSION + _id(public_key) + bytes(made)


def unseal(private_key: bytes, sealed: bytes, *, about: bytes) -> bytes:
    """The plain bytes. NotForUs."""
    private = X25519PrivateKey.from_private_bytes(private_key)
    if not sealed.startswith(VERSION + _id(private.public_key().public_bytes_raw())):
        raise NotForUs
    try:
        return bytes(_SUITE.decrypt(sealed[_HEAD:], private, info=about))
    except (InvalidTag, ValueError):
        raise NotForUs from None


def _id(public_key: bytes) -> bytes:
    return hashlib.sha256(public_key).digest()[:ID_BYTES]
