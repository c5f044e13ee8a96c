"""What can have happened between a claim and the person's allowance of its kind. Storage format: names and fields are
for ever."""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomAsked:
    """The rules ask what the person got of the kind before: the claim asks for its turn."""

    type: ClassVar[str] = "room-asked"
    claim: str
    kind: str
    worker: str
    region: str
    person: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomTold:
    """What other claims take, in fen."""

    type: ClassVar[str] = "room-told"
    claim: str
    person: str
    year: int
    this_year: int
    in_all: int
    answer: str
    """Id of the allowance's event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomTaken:
    """So much the claim takes by now: what it comes to, and as long as money is out no less than that."""

    type: ClassVar[str] = "room-taken"
    claim: str
    kind: str
    person: str
    year: int
    amount: int
    leaves: bool


RoomEvent: TypeAlias = RoomAsked | RoomTold | RoomTaken
