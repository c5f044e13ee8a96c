"""When one side of an agreement proposes, signs or ends it, the other side notes it.

Another province's side speaks by public events, the own province's by its stream: translated first, one `match` serves
both. Whether the teller may say so, the stream that notes it decides.
"""

from collections.abc import Iterable
from typing import Any, Final

from contracts.placement import Agreement, AgreementEndedV1, AgreementProposedV1, AgreementSignedV1
from contracts.region import province_of
from eventcore import Do, Fact

from placement.offers.agreements.agreement import AGREEMENT
from placement.offers.agreements.commands import AgreementCommand, NoteEnd, NoteProposal, NoteSignature
from placement.offers.agreements.events import AgreementEnded, AgreementProposed, AgreementSigned, Terms
from placement.offers.agreements.publishing import publish
from placement.offers.agreements.state import HOME, HOST, other, region_of, side_key
from placement.telling import province_told_by

FOREIGN: Final = (AgreementProposedV1.type, AgreementSignedV1.type, AgreementEndedV1.type)


def when_one_side_speaks_of_an_agreement_note_it_at_the_other(fact: Fact[Any]) -> Iterable[Do[AgreementCommand]]:
    event = fact.event
    if isinstance(event, AgreementProposed | AgreementSigned | AgreementEnded):
        if not event.to:
            yield from _noted(publish(event), other(event.side), province_of(region_of(event.terms, event.side)))
    elif province := province_told_by(fact):
        for side in _sides_told(event, province):
            yield from _noted(event, side, province)


def _sides_told(event: object, province: str) -> Iterable[str]:
    """An end does not say which side is meant: only one is here."""
    if not isinstance(event, Agreement):
        return HOME, HOST
    return (HOST,) if province_of(event.home) == province else (HOME,)


def _noted(told: object, side: str, province: str) -> Iterable[Do[AgreementCommand]]:
    match told:
        case AgreementProposedV1(agreement=agreement, organisation=organisation):
            command: AgreementCommand = NoteProposal(
                agreement=agreement, side=side, terms=_terms(told), province=province, organisation=organisation
            )
        case AgreementSignedV1(agreement=agreement, organisation=organisation):
            command = NoteSignature(terms=_terms(told), province=province, organisation=organisation)
        case AgreementEndedV1(agreement=agreement, organisation=organisation):
            command = NoteEnd(on=told.ended_on, reason=told.reason, province=province, organisation=organisation)
        case _:
            return
    yield Do(AGREEMENT, side_key(agreement, side), command)


def _terms(told: Agreement) -> Terms:
    return Terms(
        kind=told.kind,
        home=told.home,
        host=told.host,
        partner=told.partner,
        occupations=told.occupations,
        quota=told.quota,
        valid_from=told.valid_from,
        valid_to=told.valid_to,
    )
