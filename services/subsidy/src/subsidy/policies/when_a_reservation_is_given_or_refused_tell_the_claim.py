"""When a reservation is given or refused, the claim of this province that asked is told; when one that comes first
asks, the holder is asked to yield."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from subsidy.claims.claim import CLAIM
from subsidy.claims.commands import ClaimCommand, TakeAnswer, YieldReservation
from subsidy.claims.events import Once
from subsidy.claims.reservations.events import (
    Asker,
    ReservationContested,
    ReservationEvent,
    ReservationGranted,
    ReservationRefused,
)
from subsidy.claims.state import kind_of
from subsidy.legal_days import day_of


def when_a_reservation_is_given_or_refused_tell_the_claim(fact: Fact[Any]) -> Iterable[Do[ClaimCommand]]:
    event: ReservationEvent = fact.event
    match event:
        case ReservationGranted(holder=holder) if not holder.is_elsewhere:
            yield _told(fact, holder, _once(event, holder), granted=True, region=holder.region, claim=holder.claim)
        case ReservationRefused(asker=asker) if not asker.is_elsewhere:
            region, claim = event.holder_region, event.holder
            yield _told(fact, asker, _once(event, asker), granted=False, region=region, claim=claim)
        case ReservationContested(holder=holder):
            yield Do(CLAIM, holder.claim, YieldReservation(once=_once(event, holder), today=day_of(fact)))
        case _:
            return


def _once(event: ReservationGranted | ReservationRefused | ReservationContested, asker: Asker) -> Once:
    what = event.what
    return Once(pool=what.pool, person=what.person, occupation=asker.occupation, level=what.level, day=asker.day)


def _told(fact: Fact[Any], asker: Asker, once: Once, *, granted: bool, region: str, claim: str) -> Do[ClaimCommand]:
    answer = TakeAnswer(
        worker=asker.worker,
        kind=kind_of(asker.kind),
        region=asker.region,
        today=day_of(fact),
        once=once,
        home=asker.home,
        said_by=asker.home,
        ask=asker.ask,
        granted=granted,
        holder_region=region,
        holder=claim,
        answer=fact.id,
    )
    return Do(CLAIM, asker.claim, answer)
