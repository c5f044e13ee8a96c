"""When the home province of a guest grants or refuses a reservation, the claim that asked is told. A home whose log was
restored asks when all that it granted is held: in this reader's order that is said after it."""

from collections.abc import Iterable
from typing import Any

from contracts.reservation import ReservationGrantedV1, ReservationRefusedV1
from contracts.roll import HoldersCalledV1
from eventcore import Do, Fact
from eventcore.roll import SayOfRoll, answered

from subsidy.claims.claim import CLAIM
from subsidy.claims.commands import ClaimCommand, TakeAnswer
from subsidy.claims.events import Once
from subsidy.claims.state import kind_of
from subsidy.legal_days import day_of
from subsidy.provinces import said_by

TYPES = (ReservationGrantedV1.type, ReservationRefusedV1.type, HoldersCalledV1.type)


def when_the_home_province_answers_tell_the_claim(fact: Fact[Any]) -> Iterable[Do[ClaimCommand] | Do[SayOfRoll]]:
    event = fact.event
    match event:
        case ReservationGrantedV1():
            yield Do(CLAIM, event.claim, _told(fact, event, granted=True, region=event.region, holder=event.claim))
        case ReservationRefusedV1():
            yield Do(CLAIM, event.claim, _told(fact, event, granted=False, region=event.holder or "", holder=""))
        case HoldersCalledV1():
            yield answered(event.incarnation, said_by(fact.source))
        case _:
            return


def _told(
    fact: Fact[Any],
    event: ReservationGrantedV1 | ReservationRefusedV1,
    *,
    granted: bool,
    region: str,
    holder: str,
) -> TakeAnswer:
    return TakeAnswer(
        worker=event.worker,
        kind=kind_of(event.kind),
        region=event.region,
        today=day_of(fact),
        once=Once(pool=event.pool, person=event.worker, occupation=event.occupation, level=event.level, day=event.day),
        home=event.home,
        said_by=said_by(fact.source),
        ask=event.ask,
        granted=granted,
        holder_region=region,
        holder=holder,
        answer=fact.id,
    )
