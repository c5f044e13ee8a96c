"""When a claim of another province asks for the reservation of a worker who is at home here, or gives it back, that is
noted with the worker."""

from collections.abc import Iterable
from typing import Any

from contracts.reservation import Reservation, ReservationAskedV1, ReservationReleasedV1
from eventcore import Do, Fact

from subsidy.claims.dossier.border_events import Request
from subsidy.claims.dossier.dossier import DOSSIER, DossierCommand
from subsidy.claims.dossier.requests import PlaceRequest, TakeBackRequest
from subsidy.provinces import said_by

TYPES = (ReservationAskedV1.type, ReservationReleasedV1.type)


def when_another_province_asks_for_a_reservation_note_it(fact: Fact[Any]) -> Iterable[Do[DossierCommand]]:
    event = fact.event
    if isinstance(event, ReservationAskedV1 | ReservationReleasedV1):
        asks = PlaceRequest if isinstance(event, ReservationAskedV1) else TakeBackRequest
        command = asks(
            worker=event.worker,
            request=_request(event),
            said_by=said_by(fact.source),
            to=event.to,
            because=fact.id,
        )
        yield Do(DOSSIER, event.worker, command)


def _request(event: Reservation) -> Request:
    return Request(
        home=event.home,
        region=event.region,
        claim=event.claim,
        ask=event.ask,
        kind=event.kind,
        pool=event.pool,
        occupation=event.occupation,
        level=event.level,
        day=event.day,
    )
