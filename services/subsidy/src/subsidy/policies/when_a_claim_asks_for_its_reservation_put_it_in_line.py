"""When a claim asks for its reservation, here or in another province, it comes into the line of those for the same
person, occupation and level; when it gives it up or yields, the next one has it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from eventcore import Do, Fact

from subsidy.claims.dossier.border_events import RequestPlaced, RequestTakenBack
from subsidy.claims.events import Once, ReservationAsked, ReservationGivenUp, ReservationYielded
from subsidy.claims.reservations.events import Asker, What
from subsidy.claims.reservations.reservation import (
    RESERVATION,
    Ask,
    GiveBack,
    ReservationCommand,
    names,
    reservation_key,
)
from subsidy.legal_days import day_of
from subsidy.provinces import province


def when_a_claim_asks_for_its_reservation_put_it_in_line(fact: Fact[Any]) -> Iterable[Do[ReservationCommand]]:
    event, today = fact.event, day_of(fact)
    match event:
        case ReservationAsked(home=home, region=region) if home == province(region):
            yield _ask(event.once, _asker(event), today)
        case ReservationGivenUp(home=home, region=region) if home == province(region):
            yield _back(event.once, None, event.claim, event.ask, today)
        case ReservationYielded(once=once):
            yield _back(once, None, event.claim, None, today, stays=True)
        case RequestPlaced():
            yield _ask(_once(event), _from_elsewhere(event), today)
        case RequestTakenBack(request=request):
            yield _back(_once(event), province(request.region), request.claim, request.ask, today)
        case _:
            return


def _once(event: RequestPlaced | RequestTakenBack) -> Once:
    """Under the person, which the other province does not know."""
    asks = event.request
    return Once(pool=asks.pool, person=event.person, occupation=asks.occupation, level=asks.level, day=asks.day)


def _asker(event: ReservationAsked) -> Asker:
    return Asker(
        region=event.region,
        claim=event.claim,
        kind=event.kind,
        worker=event.worker,
        about=event.about,
        occupation=event.once.occupation,
        day=event.once.day,
        home=event.home,
        ask=event.ask,
    )


def _from_elsewhere(event: RequestPlaced) -> Asker:
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


def _what(once: Once) -> What:
    return What(pool=once.pool, person=once.person, level=once.level)


def _ask(once: Once, asker: Asker, today: date) -> Do[ReservationCommand]:
    command = Ask(what=_what(once), asker=asker, occupations=names(once.occupation, today))
    return Do(RESERVATION, reservation_key(once, today), command)


def _back(once: Once, of: str | None, claim: str, ask: int | None, today: date, *, stays: bool = False) -> Do[Any]:
    command = GiveBack(
        what=_what(once),
        province=of,
        claim=claim,
        ask=ask,
        stays=stays,
        occupations=names(once.occupation, today),
    )
    return Do(RESERVATION, reservation_key(once, today), command)
