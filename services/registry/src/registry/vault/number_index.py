"""Finding a number without reading it: a keyed index, for 18 digits could be tried out against any plain hash."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC


@dataclass(frozen=True, slots=True)
class NumberIndex:
    """HMAC-SHA256 of a normalised number. Keys are versioned like master keys."""

    versions: Sequence[bytes | None] = field(repr=False)

    def of(self, number: str) -> str:
        """`<version of the key>.<base64url>`, by the newest key."""
        return self.under(len(self.versions), number)

    def all_of(self, number: str) -> tuple[str, ...]:
        """By every key that is there, the newest first: while a rotation is under way a number may be under any."""
        there = [n for n in range(len(self.versions), 0, -1) if self.versions[n - 1] is not None]
        return tuple(self.under(version, number) for version in there)

    def under(self, version: int, number: str) -> str:
        """By this version of the key. KeyError where it is not there."""
        key = self.versions[version - 1] if 1 <= version <= len(self.versions) else None
        if key is None:
            raise KeyError(version)
        return keyed(version, key, b"resident-id\0" + number.encode())


def keyed(version: int, key: bytes, text: bytes) -> str:
    """`<version of the key>.<base64url of the HMAC>`."""
    digest = _under(key).copy()
    digest.update(text)
    return f"{version}.{urlsafe_b64encode(digest.finalize()).decode().rstrip('=')}"


@lru_cache(maxsize=8)
def _under(key: bytes) -> HMAC:
    """Setting up a key takes longer than a digest under it."""
    return HMAC(key, SHA256())
