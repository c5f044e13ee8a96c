"""Claims of other provinces, as they stand in the line of a reservation: under the person, whom they do not know."""

from subsidy.claims.dossier.border_events import RequestPlaced, RequestTakenBack
from subsidy.claims.events import Once
from subsidy.claims.reservations.events import Asker


def once_of(event: RequestPlaced | RequestTakenBack) -> Once:
    asks = event.request
    return Once(pool=asks.pool, person=event.person, occupation=asks.occupation, level=asks.level, day=asks.day)


def asker_of(event: RequestPlaced) -> Asker:
    asks = event.request
    return Asker(
        region=asks.region,
        claim=asks.claim,
        kind=asks.kind,
        worker=event.worker,
        about="",
        occupation=asks.occupation,
        day=asks.day,
        home=asks.home,
        ask=asks.ask,
    )
