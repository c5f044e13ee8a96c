"""The directory of the provinces' keys: a JSON file that every province has, read again while the service runs.

    {"provinces": {"440000": {"signing": [{"public": "<base64>", "valid_from": "2026-01-01T00:00:00Z"}],
                              "sealing": […]}}}

Nobody signs it: how it is agreed on and brought to the provinces is a matter of people. A key is named by its hash. Its
validity says when it may sign, so that old signatures stay valid after a rotation; a revoked key is trusted for nothing
that comes from now on, whatever time it names.
"""

import hashlib
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec
import structlog

log = structlog.get_logger()

KEY_BYTES: Final = 32
LOOK_AGAIN: Final = 1.0
"""Seconds after which the file is looked at again."""


class DirectoryUnusable(Exception):
    """The directory of keys is not there, or is none; the text says what is wrong."""


class Key(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A public key, Ed25519 or X25519."""

    public: bytes
    valid_from: datetime
    valid_until: datetime | None = None
    revoked_at: datetime | None = None

    def __post_init__(self) -> None:
        times = [self.valid_from, self.valid_until, self.revoked_at]
        if len(self.public) != KEY_BYTES or any(each.tzinfo is None for each in times if each):
            raise ValueError("a key has 32 bytes, and its times an offset")

    @property
    def id(self) -> str:
        return key_id(self.public)

    def valid(self, at: datetime) -> bool:
        """Whether it may sign, or be sealed to, at this time; a revoked one never."""
        return self.revoked_at is None and self.valid_from <= at and (self.valid_until is None or at < self.valid_until)


class Province(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The keys of one province, in any order."""

    signing: tuple[Key, ...] = ()
    sealing: tuple[Key, ...] = ()


class Listing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file says."""

    provinces: dict[str, Province] = {}


def key_id(public: bytes) -> str:
    """How a key is named."""
    return hashlib.sha256(public).hexdigest()[:16]


def read(path: Path) -> Listing:
    """DirectoryUnusable."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Listing)
    except OSError as error:
        raise DirectoryUnusable(f"the directory of keys {path.name} cannot be read: {error.strerror}") from None
    except msgspec.MsgspecError as error:
        raise DirectoryUnusable(f"the directory of keys {path.name} is none: {error}") from None


class Directory:
    """The present listing. A file that is damaged while the service runs changes nothing and is an error in the log."""

    def __init__(self, path: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """DirectoryUnusable where there is nothing to begin with."""
        self._path, self._clock = path, clock
        self._listing = read(path)
        self._bytes, self._looked = path.read_bytes(), time.monotonic()

    def provinces(self) -> Mapping[str, Province]:
        """All provinces by region."""
        if time.monotonic() - self._looked >= LOOK_AGAIN:
            self.reload()
        return self._listing.provinces

    def reload(self) -> None:
        """Reads the file now, if it changed."""
        self._looked = time.monotonic()
        try:
            found = self._path.read_bytes()
            if found != self._bytes:
                self._listing, self._bytes = read(self._path), found
                log.info("exchange.directory_read", provinces=len(self._listing.provinces))
        except (OSError, DirectoryUnusable) as error:
            log.error("exchange.directory_unusable", error=str(error))

    def signing_key(self, region: str, key: str) -> Key | None:
        """A province's signing key by its id."""
        keys = self.provinces().get(region, Province()).signing
        return next((each for each in keys if each.id == key), None)

    def sealing_key(self, region: str) -> bytes | None:
        """What is sealed to this province now: the newest of its valid keys. None where it has none."""
        now = self._clock()
        keys = [each for each in self.provinces().get(region, Province()).sealing if each.valid(now)]
        return max(keys, key=lambda each: each.valid_from).public if keys else None

    def revoked(self, region: str) -> frozenset[str]:
        """Ids of the province's signing keys that are revoked."""
        keys = self.provinces().get(region, Province()).signing
        return frozenset(each.id for each in keys if each.revoked_at)

    def is_revoked(self, region: str) -> bool:
        """Whether the newest signing key of the province is revoked: nobody can speak for it until it has another."""
        keys = self.provinces().get(region, Province()).signing
        return bool(keys) and max(keys, key=lambda each: each.valid_from).revoked_at is not None
