"""What can be asked of a claim. Every command that looks at the evidence says where that is."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from subsidy.claims.dossier.parts import Concern, Kind
from subsidy.claims.events import Once


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """Looks at the dossier of the worker and at the rules of the kind."""

    worker: str
    kind: Kind
    region: str
    """Of the claim: its province's rules count."""
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClaim(Looking):
    concern: Concern
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAgain(Looking):
    """Something that the claim rests on has changed; `cause` is the fact's id."""

    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeAnswer(Looking):
    """The reservation was granted, or another claim holds it. `home` owns it, and `said_by` says so."""

    once: Once
    home: str
    said_by: str
    ask: int
    granted: bool
    holder_region: str
    holder: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeTurn(Looking):
    """What others take of the person's allowance: it is this claim's turn."""

    person: str
    year: int
    this_year: int
    in_all: int
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YieldReservation:
    """Another claim comes first by its fact."""

    once: Once
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideClaim(Looking):
    """`handler_key` names the handler's stream."""

    handler: str
    handler_key: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldClaim:
    reason: str
    handler: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EndHold:
    document: str
    handler: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAppeal:
    ground: str
    document: str
    by: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideAppeal(Looking):
    outcome: Literal["UPHELD", "REJECTED"]
    document: str
    supervisor: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeReservation:
    """Money of the claim did not leave, or came back: what it kept others from may be free."""

    claim: str


ClaimCommand: TypeAlias = (
    OpenClaim
    | LookAgain
    | TakeAnswer
    | TakeTurn
    | YieldReservation
    | DecideClaim
    | HoldClaim
    | EndHold
    | FileAppeal
    | DecideAppeal
    | FreeReservation
)
