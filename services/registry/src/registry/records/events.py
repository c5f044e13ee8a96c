"""What can have happened to a person's record between two provinces. Storage format: names and fields are for ever.

A stream a person: at home where the record was sent, at the host what came. `region` is the host's province.
"""

from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

from eventcore import Personal, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyOffered:
    """Host: a key of one use for this transfer, its private half committed to the key database before."""

    type: ClassVar[str] = "record-key-offered"
    worker: str
    transfer: str
    home: str
    key: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReceived:
    """Host: what came, under the person's key here."""

    type: ClassVar[str] = "record-received"
    worker: Subject[str]
    transfer: str
    name: Personal[str] = field(repr=False)
    number: Personal[str] = field(repr=False)
    phone: Personal[str | None] = field(repr=False)
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyErasureOrdered:
    """Host: home erased the person."""

    type: ClassVar[str] = "record-copy-erasure-ordered"
    worker: str
    home: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyErased:
    """Host: nobody can read the copy any more, or it is kept for a legal term."""

    type: ClassVar[str] = "record-copy-erased"
    worker: str
    kept_for: str | None
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferConfirmed:
    """Home: the worker goes to that province."""

    type: ClassVar[str] = "record-transfer-confirmed"
    worker: str
    transfer: str
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyHeard:
    """Home: that province has a key for it."""

    type: ClassVar[str] = "record-key-heard"
    worker: str
    transfer: str
    region: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDue:
    """Home: confirmed, and there is a key: it goes."""

    type: ClassVar[str] = "record-due"
    worker: str
    transfer: str
    region: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSent:
    """Home: sealed to that key, after the disclosure was recorded."""

    type: ClassVar[str] = "record-sent"
    worker: str
    transfer: str
    region: str
    disclosure: str
    record: str = field(repr=False)
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptNoted:
    """Home: that province has it."""

    type: ClassVar[str] = "record-receipt-noted"
    worker: str
    transfer: str
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureOrdered:
    """Home: erased here, so it is to be where the record or a key for it is."""

    type: ClassVar[str] = "record-erasure-ordered"
    worker: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureDoneNoted:
    """Home: that province has erased it, or keeps it for a legal term."""

    type: ClassVar[str] = "record-erasure-done-noted"
    worker: str
    region: str
    kept_for: str | None


RecordEvent: TypeAlias = (
    KeyOffered
    | RecordReceived
    | CopyErasureOrdered
    | CopyErased
    | TransferConfirmed
    | KeyHeard
    | RecordDue
    | RecordSent
    | ReceiptNoted
    | ErasureOrdered
    | ErasureDoneNoted
)
