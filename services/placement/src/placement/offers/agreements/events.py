"""What can have happened to one side of a cooperation agreement. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The text that both sides sign. Part of stored events."""

    kind: str
    home: str
    """Where the workers come from."""
    host: str
    """Where the work is."""
    partner: str | None
    """Employer or school that signs for the host, by credit code; None: the host's labour office does."""
    occupations: tuple[str, ...]
    """Empty: all."""
    quota: int
    """So many workers may be on their way or at work under it."""
    valid_from: date
    valid_to: date
    """The first day without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementProposed:
    """This side signed, and asks the other to."""

    type: ClassVar[str] = "agreement-proposed"
    agreement: str
    side: str
    """HOME or HOST: whose stream this is."""
    terms: Terms
    to: tuple[str, ...]
    """The other side's province, where it is another."""
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalNoted:
    """The other side signed, and asks this one to."""

    type: ClassVar[str] = "agreement-proposal-noted"
    agreement: str
    side: str
    terms: Terms
    said_by: str
    """The organisation that signed for the other side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementSigned:
    """This side signed what the other proposed."""

    type: ClassVar[str] = "agreement-signed"
    agreement: str
    side: str
    terms: Terms
    to: tuple[str, ...]
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureNoted:
    """The other side signed what this one proposed."""

    type: ClassVar[str] = "agreement-signature-noted"
    agreement: str
    side: str
    said_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementEnded:
    type: ClassVar[str] = "agreement-ended"
    agreement: str
    side: str
    terms: Terms
    ended_on: date
    """The first day without it."""
    reason: str
    to: tuple[str, ...]
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndNoted:
    """The other side ended it."""

    type: ClassVar[str] = "agreement-end-noted"
    agreement: str
    side: str
    ended_on: date
    reason: str
    said_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceUsed:
    """A nomination counts against the quota."""

    type: ClassVar[str] = "agreement-place-used"
    agreement: str
    transfer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRefused:
    """The nomination has no place under the agreement."""

    type: ClassVar[str] = "agreement-place-refused"
    agreement: str
    transfer: str
    reason: str
    """NOT_IN_FORCE, OCCUPATION or QUOTA."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFreed:
    """The nomination came to nothing and counts no more."""

    type: ClassVar[str] = "agreement-place-freed"
    agreement: str
    transfer: str


AgreementEvent: TypeAlias = (
    AgreementProposed
    | ProposalNoted
    | AgreementSigned
    | SignatureNoted
    | AgreementEnded
    | EndNoted
    | PlaceUsed
    | PlaceRefused
    | PlaceFreed
)
