"""Master keys: what wraps the keys of persons. Versions are numbered from 1; the newest wraps, every one unwraps."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12


class KeyFileUnusable(Exception):
    """A file of keys is not there or not as it should be; the text names it, never what it holds."""


class WrappedKeyInvalid(Exception):
    """A wrapped key is not what was stored for this person, or its master key is not there."""


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A person's key as the key database keeps it."""

    key: bytes
    master_version: int


class MasterKeys(Protocol):
    """Wraps and unwraps keys of persons, by subject. In production a key service answers, many keys at a time."""

    async def wrap(self, keys: Mapping[str, bytes]) -> Mapping[str, Wrapped]:
        """Under the newest version."""

    async def unwrap(self, wrapped: Mapping[str, Wrapped]) -> Mapping[str, bytes]:
        """WrappedKeyInvalid where one of them was not wrapped for this subject."""


@dataclass(frozen=True, slots=True)
class FileKeys:
    """Master keys held in this process: AES-256-GCM, bound to subject and version."""

    versions: Sequence[bytes] = field(repr=False)

    async def wrap(self, keys: Mapping[str, bytes]) -> Mapping[str, Wrapped]:
        version = len(self.versions)
        cipher = AESGCM(self.versions[-1])
        return {
            subject: Wrapped(_wrap(cipher, _bound(subject, version), key), version) for subject, key in keys.items()
        }

    async def unwrap(self, wrapped: Mapping[str, Wrapped]) -> Mapping[str, bytes]:
        return {subject: self._unwrap(subject, each) for subject, each in wrapped.items()}

    def _unwrap(self, subject: str, wrapped: Wrapped) -> bytes:
        if not 1 <= wrapped.master_version <= len(self.versions):
            raise WrappedKeyInvalid(f"master key version {wrapped.master_version} is not there")
        nonce, sealed = wrapped.key[:NONCE_BYTES], wrapped.key[NONCE_BYTES:]
        try:
            cipher = AESGCM(self.versions[wrapped.master_version - 1])
            return cipher.decrypt(nonce, sealed, _bound(subject, wrapped.master_version))
        except (InvalidTag, ValueError):
            raise WrappedKeyInvalid(subject) from None


def _wrap(cipher: AESGCM, bound: bytes, key: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, key, bound)


def _bound(subject: str, version: int) -> bytes:
    return f"person-key\0{version}\0{subject}".encode()


def read_versions(file: Path) -> tuple[bytes, ...]:
    """Keys of 32 bytes in hex, a line each; the line is the version. A new key is a new last line, and no line ever
    goes. KeyFileUnusable."""
    try:
        versions = tuple(bytes.fromhex(line) for line in file.read_text("ascii").split())
    except (OSError, ValueError):
        raise KeyFileUnusable(f"the secret {file.name} in LB_SECRETS_DIR cannot be read as lines of hex") from None
    if not versions or any(len(each) != KEY_BYTES for each in versions):
        raise KeyFileUnusable(f"the secret {file.name} in LB_SECRETS_DIR must have lines of {KEY_BYTES} bytes in hex")
    if len(set(versions)) != len(versions):
        raise KeyFileUnusable(f"the secret {file.name} in LB_SECRETS_DIR has a key twice")
    return versions
