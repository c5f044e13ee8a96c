"""What can have happened to a person's record between two provinces. Storage format: names and fields are for ever.

A stream a person: at home where the record was sent, at the host what came. `region` is the host's province.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeAlias

from eventcore import Personal, Subject

Upcasters: TypeAlias = Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]


def _for_a_transfer(shape: dict[str, Any]) -> dict[str, Any]:
    return {**shape, "epoch": None}


def _without_groups(shape: dict[str, Any]) -> dict[str, Any]:
    return {**shape, "groups": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyOffered:
    """Host: a key of one use for this transfer, its private half committed to the key database before. Where the host
    is responsible for the worker there is a grant in its place, and the `transfer` is made of that."""

    type: ClassVar[str] = "record-key-offered"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Upcasters] = {1: _for_a_transfer}
    worker: str
    transfer: str
    home: str
    key: str
    epoch: int | None = None
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReceived:
    """Host: what came, under the person's key here."""

    type: ClassVar[str] = "record-received"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Upcasters] = {1: _without_groups}
    worker: Subject[str]
    transfer: str
    name: Personal[str] = field(repr=False)
    number: Personal[str] = field(repr=False)
    phone: Personal[str | None] = field(repr=False)
    groups: tuple[str, ...] | None
    """None where the sender did not say."""
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
    """Home: confirmed, and there is a key: it goes. Again where a host that sends the worker onward gets it late."""

    type: ClassVar[str] = "record-due"
    worker: str
    transfer: str
    region: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSent:
    """Home: sealed to that key, after the disclosure was recorded."""

    type: ClassVar[str] = "record-sent"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Upcasters] = {1: _without_groups}
    worker: str
    transfer: str
    region: str
    disclosure: str
    record: str = field(repr=False)
    groups: tuple[str, ...] | None
    """That hold, as far as the sender knows; None where it did not say."""
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
