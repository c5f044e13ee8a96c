"""What others may know of vacancies: what is offered now. Who sits where stays with the host."""

from typing import Any, assert_never

from contracts.placement import VacancyChangedV1, VacancyClosedV1, VacancyFilledV1, VacancyPublishedV1
from contracts.public_event import PublicEvent

from placement.offers.vacancies.events import (
    Offered,
    SeatFreed,
    SeatHeld,
    SeatRefused,
    SeatTaken,
    VacancyChanged,
    VacancyClosed,
    VacancyEvent,
    VacancyFilled,
    VacancyPublished,
    VacancyReopened,
    VacancyShared,
)


def publish(event: VacancyEvent) -> PublicEvent | None:
    match event:
        case VacancyPublished():
            return VacancyPublishedV1(**_whole(event))
        case VacancyChanged() | VacancyShared() | VacancyReopened():
            return VacancyChangedV1(**_whole(event))
        case VacancyFilled():
            return VacancyFilledV1(to=event.to, vacancy=event.vacancy)
        case VacancyClosed():
            return VacancyClosedV1(to=event.to, vacancy=event.vacancy, reason=event.reason)
        case SeatHeld() | SeatRefused() | SeatTaken() | SeatFreed():
            return None
        case _:
            assert_never(event)


def _whole(event: Offered) -> dict[str, Any]:
    terms = event.terms
    return {
        "to": event.to,
        "vacancy": event.vacancy,
        "employer": event.employer,
        "kind": terms.kind,
        "occupation": terms.occupation,
        "level": terms.level,
        "certificate_needed": terms.certificate_needed,
        "region": terms.region,
        "heads": terms.heads,
        "wage_from": terms.wage_from,
        "wage_to": terms.wage_to,
        "open_until": terms.open_until,
        "agreement": event.agreement,
    }
