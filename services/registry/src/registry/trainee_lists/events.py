"""What can have happened to a list of trainees. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """An office or institution that the list is for. Part of stored events."""

    kind: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TraineeListPublished:
    type: ClassVar[str] = "trainee-list-published"
    trainee_list: str
    """Key of this stream."""
    region: str
    plan: str
    trainees: tuple[str, ...]
    """Workers, by their ids, in the order in which they come (R-REG-02)."""
    receivers: tuple[Receiver, ...]
    published_on: date
    due_on: date
    """By when each receiver confirms."""
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TraineeListReceived:
    type: ClassVar[str] = "trainee-list-received"
    trainee_list: str
    receiver: str
    """The organisation that confirms."""
    received_on: date
    by: str


TraineeListEvent: TypeAlias = TraineeListPublished | TraineeListReceived
