"""When a host tells of a vacancy, home notes what is on offer.

Of other provinces by public events, of the own by the vacancy's stream: translated first, one `match` serves both.
"""

from collections.abc import Iterable
from typing import Any, Final

from contracts.placement import VacancyChangedV1, VacancyClosedV1, VacancyFilledV1, VacancyPublishedV1
from contracts.region import province_of
from eventcore import Do, Fact

from placement.offers.known.events import OfferClosed, OfferEvent, OfferFilled, OfferNoted
from placement.offers.known.offer import OFFER, NoteOffer
from placement.offers.publishing import publish
from placement.telling import province_told_by

FOREIGN: Final = (VacancyPublishedV1.type, VacancyChangedV1.type, VacancyFilledV1.type, VacancyClosedV1.type)


def when_a_host_tells_of_a_vacancy_note_the_offer(fact: Fact[Any]) -> Iterable[Do[NoteOffer]]:
    province = province_told_by(fact)
    event = _noted(fact.event if province else publish(fact.event))
    if event:
        yield Do(OFFER, event.vacancy, NoteOffer(province=province, event=event))


def _noted(told: object) -> OfferEvent | None:
    match told:
        case VacancyPublishedV1() | VacancyChangedV1():
            return OfferNoted(
                vacancy=told.vacancy,
                province=province_of(told.region),
                employer=told.employer,
                kind=told.kind,
                occupation=told.occupation,
                level=told.level,
                certificate_needed=told.certificate_needed,
                region=told.region,
                heads=told.heads,
                wage_from=told.wage_from,
                wage_to=told.wage_to,
                open_until=told.open_until,
                agreement=told.agreement,
            )
        case VacancyFilledV1(vacancy=vacancy):
            return OfferFilled(vacancy=vacancy)
        case VacancyClosedV1(vacancy=vacancy, reason=reason):
            return OfferClosed(vacancy=vacancy, reason=reason)
        case _:
            return None
