"""Master keys: what wraps the keys of persons. Versions are numbered from 1; the newest wraps, every one unwraps."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from registry.vault.keyfile import KeyFile, KeyFileUnusable

NONCE_BYTES: Final = 12


class WrappedKeyInvalid(Exception):
    """A wrapped key is not what was stored for this person."""


class MasterKeyMissing(WrappedKeyInvalid):
    """This process does not have the master key that wrapped a key; it is new, or it was taken away too early."""


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
        """WrappedKeyInvalid where one of them was not wrapped for this subject, MasterKeyMissing."""

    @property
    def newest(self) -> int:
        """The version that wraps."""


@dataclass(frozen=True, slots=True)
class FileKeys:
    """Master keys held in this process: AES-256-GCM, bound to subject and version."""

    versions: Sequence[bytes | None] = field(repr=False)

    @property
    def newest(self) -> int:
        return len(self.versions)

    async def wrap(self, keys: Mapping[str, bytes]) -> Mapping[str, Wrapped]:
        version = self.newest
        cipher = AESGCM(self._master(version))
        return {
            subject: Wrapped(_wrap(cipher, _bound(subject, version), key), version) for subject, key in keys.items()
        }

    async def unwrap(self, wrapped: Mapping[str, Wrapped]) -> Mapping[str, bytes]:
        return {subject: self._unwrap(subject, each) for subject, each in wrapped.items()}

    def _unwrap(self, subject: str, wrapped: Wrapped) -> bytes:
        cipher = AESGCM(self._master(wrapped.master_version))
        nonce, sealed = wrapped.key[:NONCE_BYTES], wrapped.key[NONCE_BYTES:]
        try:
            return cipher.decrypt(nonce, sealed, _bound(subject, wrapped.master_version))
        except (InvalidTag, ValueError):
            raise WrappedKeyInvalid(subject) from None

    def _master(self, version: int) -> bytes:
        """Another process may know a version that was added since this one last looked into the file."""
        if version > len(self.versions) and isinstance(self.versions, KeyFile):
            try:
                self.versions.reload()
            except KeyFileUnusable as unusable:
                raise MasterKeyMissing(str(unusable)) from None
        key = self.versions[version - 1] if 1 <= version <= len(self.versions) else None
        if key is None:
            raise MasterKeyMissing(f"master key version {version} is not there")
        return key


def _wrap(cipher: AESGCM, bound: bytes, key: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, key, bound)


def _bound(subject: str, version: int) -> bytes:
    return f"person-key\0{version}\0{subject}".encode()
