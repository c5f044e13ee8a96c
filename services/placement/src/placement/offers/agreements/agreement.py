"""The rules of one side of an agreement: signed by both sides, ended by either, and its quota counted (R-XRG-09,
R-ADD-06, R-ADD-10). Nobody signs for the other side; what the other side says is noted if it may say so."""

from collections.abc import Sequence
from typing import Final, assert_never

from contracts.region import province_of
from eventcore import Acting, Decider, Seen

from placement.offers.agreements import refusals
from placement.offers.agreements.commands import (
    AgreementCommand,
    EndAgreement,
    FreePlace,
    NoteEnd,
    NoteProposal,
    NoteSignature,
    ProposeAgreement,
    SignAgreement,
    UsePlace,
)
from placement.offers.agreements.events import (
    AgreementEnded,
    AgreementEvent,
    AgreementProposed,
    AgreementSigned,
    EndNoted,
    PlaceFreed,
    PlaceRefused,
    PlaceUsed,
    ProposalNoted,
    SignatureNoted,
    Terms,
)
from placement.offers.agreements.state import (
    HOST,
    Agreement,
    Ended,
    InForce,
    Known,
    Offered,
    Proposed,
    Unknown,
    addressees,
    evolve,
    known,
    other,
    region_of,
)

PARTNERED: Final = frozenset({"EMPLOYER", "SCHOOL"})
"""Kinds in which an employer or school signs for the host."""


def decide(command: AgreementCommand, found: Agreement, seen: Seen) -> Sequence[AgreementEvent]:
    match command:
        case ProposeAgreement():
            return propose(command, found)
        case NoteProposal():
            return note_proposal(command, found)
        case SignAgreement(by=by):
            return sign(known(found), by)
        case NoteSignature():
            return note_signature(command, known(found))
        case EndAgreement():
            return end(command, known(found))
        case NoteEnd():
            return note_end(command, found)
        case UsePlace():
            return use_place(command, known(found))
        case FreePlace(transfer=transfer):
            return free_place(known(found), transfer)
        case _:
            assert_never(command)


def propose(command: ProposeAgreement, found: Agreement) -> Sequence[AgreementEvent]:
    """By the office of a side; an employer or school is asked and does not ask."""
    if isinstance(found, Unknown):
        _require_sense(command.terms, command.side)
        return [
            AgreementProposed(
                agreement=command.agreement,
                side=command.side,
                terms=command.terms,
                to=addressees(command.terms, command.side),
                official=command.by.official,
                organisation=command.by.organisation,
            )
        ]
    if isinstance(found, Proposed) and found.terms == command.terms:
        return []
    raise refusals.AgreementTaken


def _require_sense(terms: Terms, side: str) -> None:
    across = province_of(terms.home) != province_of(terms.host)
    fits = {
        "PROVINCE_PAIR": across,
        "COUNTY_PAIR": not across and terms.home != terms.host,
        "EMPLOYER": side != HOST,
        "SCHOOL": side != HOST,
    }
    partnered = (terms.partner is not None) == (terms.kind in PARTNERED)
    if not (fits[terms.kind] and partnered and terms.valid_from < terms.valid_to):
        raise refusals.AgreementTermsWrong


def note_proposal(command: NoteProposal, found: Agreement) -> Sequence[AgreementEvent]:
    """The other side's province speaks for its own side only."""
    if province_of(region_of(command.terms, other(command.side))) != command.province:
        raise refusals.NotTheOtherSide
    if isinstance(found, Unknown):
        return [
            ProposalNoted(
                agreement=command.agreement, side=command.side, terms=command.terms, said_by=command.organisation
            )
        ]
    if isinstance(found, Offered) and found.terms == command.terms:
        return []
    raise refusals.AgreementTaken


def sign(found: Known, by: Acting) -> Sequence[AgreementEvent]:
    """By the office of this side; where the host has a partner, by that employer or school."""
    partner = found.terms.partner if found.side == HOST else None
    if partner not in (None, by.organisation):
        raise refusals.NotThePartner
    if isinstance(found, InForce):
        return []
    if not isinstance(found, Offered):
        raise refusals.AgreementNotOffered
    return [
        AgreementSigned(
            agreement=found.agreement,
            side=found.side,
            terms=found.terms,
            to=addressees(found.terms, found.side),
            official=by.official,
            organisation=by.organisation,
        )
    ]


def note_signature(command: NoteSignature, found: Known) -> Sequence[AgreementEvent]:
    """Under the text that this side proposed; a signature that crosses the end of the agreement comes to nothing."""
    _require_other_side(found, command.province)
    if command.terms != found.terms or isinstance(found, Offered):
        raise refusals.NotTheOtherSide
    if not isinstance(found, Proposed):
        return []
    return [SignatureNoted(agreement=found.agreement, side=found.side, said_by=command.organisation)]


def end(command: EndAgreement, found: Known) -> Sequence[AgreementEvent]:
    """By either side, from today on; who is on the way goes on."""
    if isinstance(found, Ended):
        return []
    return [
        AgreementEnded(
            agreement=found.agreement,
            side=found.side,
            terms=found.terms,
            ended_on=command.by.today,
            reason=command.reason,
            to=addressees(found.terms, found.side),
            official=command.by.official,
            organisation=command.by.organisation,
        )
    ]


def note_end(command: NoteEnd, found: Agreement) -> Sequence[AgreementEvent]:
    """An end is told to a province, and only one of its sides is there."""
    if isinstance(found, Unknown | Ended):
        return []
    _require_other_side(found, command.province)
    return [
        EndNoted(
            agreement=found.agreement,
            side=found.side,
            ended_on=command.on,
            reason=command.reason,
            said_by=command.organisation,
        )
    ]


def _require_other_side(found: Known, province: str) -> None:
    if province_of(region_of(found.terms, other(found.side))) != province:
        raise refusals.NotTheOtherSide


def use_place(command: UsePlace, found: Known) -> Sequence[AgreementEvent]:
    """Once for each transfer; refused by an event, which the transfer waits for."""
    places = found.places if isinstance(found, InForce | Ended) else None
    if places and command.transfer in places.used | places.refused | places.freed:
        return []
    reason = _no_place(command, found)
    if reason:
        return [PlaceRefused(agreement=found.agreement, transfer=command.transfer, reason=reason)]
    return [PlaceUsed(agreement=found.agreement, transfer=command.transfer)]


def _no_place(command: UsePlace, found: Known) -> str | None:
    if not isinstance(found, InForce):
        return "NOT_IN_FORCE"
    full = len(found.places.used) >= found.terms.quota
    return found.unfit(command.occupation, command.on) or ("QUOTA" if full else None)


def free_place(found: Known, transfer: str) -> Sequence[AgreementEvent]:
    if not isinstance(found, InForce | Ended) or transfer not in found.places.used:
        return []
    return [PlaceFreed(agreement=found.agreement, transfer=transfer)]


AGREEMENT: Final[Decider[AgreementCommand, AgreementEvent, Agreement]] = Decider(
    category="agreement", initial=Unknown(), decide=decide, evolve=evolve, events=AgreementEvent
)
