"""Files and verdicts as bytes, sealed: AES-256-GCM under the key of their import, bound to import, shelf and piece."""

import os
from typing import Final

from cryptography.exceptions import InvalidTag

from registry.imports.roster_import import IMPORT
from registry.vault import Unopenable, Vault
from registry.vault.keyring import NONCE_BYTES

FORM: Final = b"\x01"
"""First byte of what is sealed: names cipher and layout, so that another may come beside it."""


async def seal(vault: Vault, key: str, place: str, plain: bytes) -> bytes:
    """The form, a nonce of its own, and the ciphertext. The key of the import is made where it has none. Unavailable,
    vault.KeyGone."""
    subject = IMPORT.stream(key)
    await vault.prepare(frozenset((subject,)))
    nonce = os.urandom(NONCE_BYTES)
    return FORM + nonce + vault.keys.ready(subject).encrypt(nonce, plain, _bound(subject, place))


async def unseal(vault: Vault, key: str, place: str, sealed: bytes) -> bytes:
    """What was sealed for this place. vault.KeyGone after the term, vault.Unopenable, Unavailable."""
    subject = IMPORT.stream(key)
    nonce, mixed = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    cipher = await vault.keys.find(subject)
    try:
        if sealed[:1] != FORM:
            raise ValueError
        return cipher.decrypt(nonce, mixed, _bound(subject, place))
    except (InvalidTag, ValueError):
        raise Unopenable(place) from None


def _bound(subject: str, place: str) -> bytes:
    return FORM + f"{subject}\0{place}".encode()
