"""When a claim asks for its reservation, here or in another province, it comes into the line of those for the same
person, occupation and level; when it gives it up or yields, the next one has it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from eventcore import Do, Fact

from subsidy.claims.dossier.border_events import RequestPlaced, RequestTakenBack
from subsidy.claims.events import Once, ReservationAsked, ReservationGivenUp, ReservationYielded
from subsidy.claims.reservations.elsewhere import asker_of, once_of
from subsidy.claims.reservations.events import Asker
from subsidy.claims.reservations.reservation import (
    RESERVATION,
    Ask,
    GiveBack,
    ReservationCommand,
    names,
    reservation_key,
    what_of,
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
            yield _ask(once_of(event), asker_of(event), today)
        case RequestTakenBack(request=request):
            yield _back(once_of(event), province(request.region), request.claim, request.ask, today)
        case _:
            return


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


def _ask(once: Once, asker: Asker, today: date) -> Do[ReservationCommand]:
    command = Ask(what=what_of(once), asker=asker, occupations=names(once.occupation, today))
    return Do(RESERVATION, reservation_key(once, today), command)


def _back(once: Once, of: str | None, claim: str, ask: int | None, today: date, *, stays: bool = False) -> Do[Any]:
    command = GiveBack(
        what=what_of(once),
        province=of,
        claim=claim,
        ask=ask,
        stays=stays,
        occupations=names(once.occupation, today),
    )
    return Do(RESERVATION, reservation_key(once, today), command)
