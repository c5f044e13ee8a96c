"""When a claim asks for its reservation it comes into the line of those for the same person, occupation and level; when
it gives it up or yields, the next one has it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from eventcore import Do, Fact

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
from subsidy.claims.state import kind_of
from subsidy.legal_days import day_of


def when_a_claim_asks_for_its_reservation_put_it_in_line(fact: Fact[Any]) -> Iterable[Do[ReservationCommand]]:
    event, today = fact.event, day_of(fact)
    match event:
        case ReservationAsked(once=once):
            key, occupations = reservation_key(once, today), names(once.occupation, today)
            yield Do(
                RESERVATION,
                key,
                Ask(what=_what(once), asker=_asker(event), occupations=occupations),
            )
        case ReservationGivenUp(once=once):
            yield _back(event.claim, once, today, stays=False)
        case ReservationYielded(once=once):
            yield _back(event.claim, once, today, stays=True)
        case _:
            return


def _what(once: Once) -> What:
    return What(pool=once.pool, person=once.person, level=once.level)


def _asker(event: ReservationAsked) -> Asker:
    return Asker(
        region=event.region,
        claim=event.claim,
        kind=kind_of(event.kind),
        worker=event.worker,
        about=event.about,
        occupation=event.once.occupation,
        day=event.once.day,
    )


def _back(claim: str, once: Once, today: date, *, stays: bool) -> Do[ReservationCommand]:
    command = GiveBack(
        what=_what(once),
        claim=claim,
        stays=stays,
        occupations=names(once.occupation, today),
    )
    return Do(RESERVATION, reservation_key(once, today), command)
