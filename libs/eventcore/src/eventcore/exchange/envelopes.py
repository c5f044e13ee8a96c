"""What provinces send each other: envelopes and receipts, signed. Pure.

A message is `Signed`: a body and an Ed25519 signature over it. Whoever gets one checks the bytes as they came and never
writes them anew. Numbers rise by one within a series; the chain head after an envelope is the SHA-256 over the head
before it and its bytes, so that a head names everything up to there.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeAlias

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from eventcore.exchange.directory import Directory, key_id

AHEAD: Final = timedelta(minutes=5)
"""How far another province's clock may be ahead of ours."""
_DOMAIN: Final = b"labourbridge exchange 1\n"


class _Part(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    pass


class Place(_Part, frozen=True):
    """A point of a series: everything up to this number, and the chain head there."""

    series: int = 0
    number: int = 0
    head: bytes = b""

    @property
    def at(self) -> tuple[int, int]:
        """What places are ordered by."""
        return self.series, self.number


class Record(_Part, frozen=True, tag="event"):
    """A public event as the relay packs it."""

    key: bytes
    headers: tuple[tuple[str, bytes], ...]
    value: bytes


class Opening(_Part, frozen=True, tag="opening"):
    """Number 1 of a series: it goes on from here; what had no receipt follows under new numbers."""

    base: Place


class _Said(_Part, frozen=True):
    sender: str
    receiver: str
    service: str
    incarnation: str
    """Of the sender's log."""
    key: str
    at: datetime


class Envelope(_Said, frozen=True, tag="envelope"):
    series: int
    number: int
    before: bytes
    """The chain head before it."""
    content: Opening | Record


class Receipt(_Said, frozen=True, tag="receipt"):
    stored: Place
    """Everything up to there is durable at the receiver."""
    wanted: bool
    """What comes after it is missing."""
    sent: tuple[int, int]
    """Series and number of the last envelope that this side signed for the other."""
    heard: str
    """Incarnation of the other's log in its last receipt."""


Message: TypeAlias = Envelope | Receipt


class Signed(_Part, frozen=True):
    body: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Corner:
    """One service of one province, as it speaks to others."""

    region: str
    service: str
    incarnation: str


class Signer:
    """A province's private signing key."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._key.public_key().public_bytes_raw()
        self.id = key_id(self.public)

    def sign(self, message: Message) -> bytes:
        """The message as it goes out. The same message gives the same bytes."""
        body = msgspec.msgpack.encode(message)
        return msgspec.msgpack.encode(Signed(body, self._key.sign(_DOMAIN + body)))


class Refused(Exception):
    """A message of the exchange that is not applied. `reason` is stable, and shown to operators."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def head_after(before: bytes, signed: bytes) -> bytes:
    """The next chain head, over length-prefixed parts."""
    return hashlib.sha256(b"".join(len(part).to_bytes(4, "big") + part for part in (before, signed))).digest()


_signed: Final = msgspec.msgpack.Decoder(Signed).decode
_body: Final = msgspec.msgpack.Decoder(Message).decode


def opened(signed: bytes, corner: Corner, peers: Collection[str], directory: Directory, now: datetime) -> Message:
    """What a message says, once it is known who says it to us. Refused."""
    try:
        parts = _signed(signed)
        message: Message = _body(parts.body)
    except msgspec.MsgspecError:
        raise Refused("unreadable") from None
    if (message.receiver, message.service) != (corner.region, corner.service):
        raise Refused("wrong_addressee")
    if message.sender not in peers:
        raise Refused("unknown_sender")
    _check_signature(parts, message, directory, now)
    if isinstance(message, Envelope) and isinstance(message.content, Opening) != (message.number == 1):
        raise Refused("unreadable")
    return message


def _check_signature(parts: Signed, message: Message, directory: Directory, now: datetime) -> None:
    key = directory.signing_key(message.sender, message.key)
    if key is None:
        raise Refused("unknown_key")
    if key.revoked_at:
        raise Refused("revoked_key")
    if message.at.tzinfo is None or message.at > now + AHEAD or not key.valid(message.at):
        raise Refused("key_not_valid_then")
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(parts.signature, _DOMAIN + parts.body)
    except InvalidSignature:
        raise Refused("bad_signature") from None
