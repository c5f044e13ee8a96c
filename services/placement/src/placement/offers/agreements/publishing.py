"""What others may know of agreements. What one side notes of the other is said by the other."""

from typing import Any, assert_never

from contracts.placement import AgreementEndedV1, AgreementProposedV1, AgreementSignedV1
from contracts.public_event import PublicEvent

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
)


def publish(event: AgreementEvent) -> PublicEvent | None:
    match event:
        case AgreementProposed():
            return AgreementProposedV1(**_whole(event))
        case AgreementSigned():
            return AgreementSignedV1(**_whole(event))
        case AgreementEnded():
            return AgreementEndedV1(
                to=event.to,
                agreement=event.agreement,
                ended_on=event.ended_on,
                reason=event.reason,
                organisation=event.organisation,
            )
        case ProposalNoted() | SignatureNoted() | EndNoted() | PlaceUsed() | PlaceRefused() | PlaceFreed():
            return None
        case _:
            assert_never(event)


def _whole(event: AgreementProposed | AgreementSigned) -> dict[str, Any]:
    terms = event.terms
    return {
        "to": event.to,
        "agreement": event.agreement,
        "kind": terms.kind,
        "home": terms.home,
        "host": terms.host,
        "partner": terms.partner,
        "occupations": terms.occupations,
        "quota": terms.quota,
        "valid_from": terms.valid_from,
        "valid_to": terms.valid_to,
        "organisation": event.organisation,
    }
