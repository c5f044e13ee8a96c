"""What can have happened to a person's allowance of a kind. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from subsidy.claims.dossier.parts import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """A claim that takes of it. Part of stored events."""

    claim: str
    kind: Kind
    worker: str
    region: str
    year: int
    """Of its fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnAsked:
    type: ClassVar[str] = "turn-asked"
    person: str
    taker: Taker


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnGiven:
    """The claim, and no other until it has answered, may take what its rules leave beside what others take."""

    type: ClassVar[str] = "turn-given"
    person: str
    taker: Taker
    this_year: int
    """Fen that other claims take in the year of this one."""
    in_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountTaken:
    """So much the claim takes now. More than before only in its turn, which is over with it."""

    type: ClassVar[str] = "amount-taken"
    person: str
    claim: str
    year: int
    amount: int
    """Fen."""
    leaves: bool
    """It takes of another allowance from now on."""


AllowanceEvent: TypeAlias = TurnAsked | TurnGiven | AmountTaken
