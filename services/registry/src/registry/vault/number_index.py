"""Finding a number without reading it: a keyed index, for 18 digits could be tried out against any plain hash."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from registry.vault.macs import mac
from registry.vault.texts import base64url


@dataclass(frozen=True, slots=True)
class NumberIndex:
    """HMAC-SHA256 of a normalised number. Keys are versioned like master keys."""

    versions: Sequence[bytes | None] = field(repr=False)

    def of(self, number: str) -> str:
        """`<version of the key>.<base64url>`, by the newest key."""
        return self.under(len(self.versions), number)

    def all_of(self, number: str) -> tuple[str, ...]:
        """By every key that is there, the newest first: while a rotation is under way a number may be under any."""
        return keyed_by_all(self.versions, _text(number))

    def under(self, version: int, number: str) -> str:
        """By this version of the key. KeyError where it is not there."""
        key = self.versions[version - 1] if 1 <= version <= len(self.versions) else None
        if key is None:
            raise KeyError(version)
        return _keyed(version, key, _text(number))


def _text(number: str) -> bytes:
    return b"resident-id\0" + number.encode()


def keyed_by_all(versions: Iterable[bytes | None], text: bytes) -> tuple[str, ...]:
    """Under every key that is there, the newest first."""
    there = [_keyed(version, key, text) for version, key in enumerate(versions, 1) if key is not None]
    return tuple(reversed(there))


def _keyed(version: int, key: bytes, text: bytes) -> str:
    """`<version of the key>.<base64url of the HMAC>`."""
    return f"{version}.{base64url(mac(key, text))}"
