"""What can be asked of a person's record, at the host and at home. `by` and `region` are provinces."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferKey:
    worker: str
    transfer: str
    home: str
    key: str
    epoch: int | None = None
    """Of the grant by which this province is responsible, where there is no transfer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveRecord:
    worker: str
    transfer: str
    by: str
    name: str = field(repr=False)
    number: str = field(repr=False)
    phone: str | None = field(repr=False)
    groups: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCopyErasure:
    worker: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmErasure:
    worker: str
    kept_for: str | None


HostCommand: TypeAlias = OfferKey | ReceiveRecord | OrderCopyErasure | ConfirmErasure


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteConfirmed:
    worker: str
    transfer: str
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteKey:
    worker: str
    transfer: str
    region: str
    key: str
    epoch: int | None = None
    """Of the grant by which the region says that it is responsible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendRecord:
    worker: str
    transfer: str
    disclosure: str
    record: str = field(repr=False)
    """Sealed to the key."""
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReceipt:
    worker: str
    transfer: str
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderErasure:
    worker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteErasureDone:
    worker: str
    region: str
    kept_for: str | None


HomeCommand: TypeAlias = NoteConfirmed | NoteKey | SendRecord | NoteReceipt | OrderErasure | NoteErasureDone
RecordCommand: TypeAlias = HostCommand | HomeCommand
