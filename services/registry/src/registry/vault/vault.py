"""Seals and opens single fields: AES-256-GCM under the person's key, bound to person, event and field."""

import os
from base64 import urlsafe_b64decode
from collections.abc import Callable
from functools import partial
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from registry.vault.keyring import NONCE_BYTES
from registry.vault.keys import PersonKeys
from registry.vault.texts import base64url

FORM: Final = "v1"
"""Prefix of a sealed text: names cipher and layout, so that another may come beside it."""


class Unopenable(Exception):
    """This text was not sealed for this person, event and field, or it was changed."""


class Vault:
    """What the codec seals with (`eventcore.codec.Sealer`), and the only thing that opens."""

    def __init__(self, keys: PersonKeys) -> None:
        self.keys = keys

    async def prepare(self, subjects: frozenset[str]) -> None:
        """Every subject has a committed key. Unavailable where the key database does not answer."""
        await self.keys.provide(subjects)

    def sealing(self, subject: str) -> Callable[[str, str], str]:
        """(place, plain text) -> `v1.<base64url of nonce and ciphertext>`; the place is event id and field. KeyGone
        without `prepare`."""
        return partial(sealed_text, self.keys.ready(subject), subject)

    async def open(self, subject: str, place: str, sealed: str) -> str:
        """The plain text. KeyGone, Unopenable, Unavailable."""
        return opened_text(await self.keys.find(subject), subject, place, sealed)


def sealed_text(key: AESGCM, subject: str, place: str, plain: str) -> str:
    """With a nonce of its own, bound to subject and place."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = key.encrypt(nonce, plain.encode(), _bound(subject, place))
    return f"{FORM}.{base64url(nonce + sealed)}"


def opened_text(key: AESGCM, subject: str, place: str, sealed: str) -> str:
    """Unopenable where anything differs from what was sealed."""
    form, _, text = sealed.partition(".")
    if form != FORM:
        raise Unopenable(place)
    try:
        mixed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        if base64url(mixed) != text:  # what decoders pass over: other alphabets, loose last bits
            raise Unopenable(place)
        return key.decrypt(mixed[:NONCE_BYTES], mixed[NONCE_BYTES:], _bound(subject, place)).decode()
    except (InvalidTag, ValueError):
        raise Unopenable(place) from None


def _bound(subject: str, place: str) -> bytes:
    return f"{FORM}\0{subject}\0{place}".encode()
