"""What can be asked of one side of an agreement: by its own office or partner, by the other side, by nominations."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from eventcore import Acting

from placement.offers.agreements.events import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeAgreement:
    agreement: str
    side: str
    terms: Terms
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteProposal:
    """`province` is who told of it."""

    agreement: str
    side: str
    terms: Terms
    province: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignAgreement:
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSignature:
    terms: Terms
    province: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndAgreement:
    """From today on."""

    reason: str
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteEnd:
    on: date
    reason: str
    province: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UsePlace:
    """`on` is the day of the nomination."""

    transfer: str
    occupation: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FreePlace:
    transfer: str


AgreementCommand: TypeAlias = (
    ProposeAgreement | NoteProposal | SignAgreement | NoteSignature | EndAgreement | NoteEnd | UsePlace | FreePlace
)
