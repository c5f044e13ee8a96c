"""When a claim asks what its person got before, it waits for its turn; when it says what it takes, the next has its
turn."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from subsidy.claims.allowances.allowance import (
    ALLOWANCE,
    AllowanceCommand,
    AskTurn,
    TakeAmount,
    allowance_key,
)
from subsidy.claims.allowances.events import Taker, TurnGiven
from subsidy.claims.claim import CLAIM
from subsidy.claims.commands import TakeTurn
from subsidy.claims.room_events import RoomAsked, RoomTaken
from subsidy.claims.state import kind_of
from subsidy.legal_days import day_of


def when_a_claim_takes_of_an_allowance_others_wait(fact: Fact[Any]) -> Iterable[Do[Any]]:
    event = fact.event
    match event:
        case RoomAsked() | RoomTaken():
            yield Do(ALLOWANCE, allowance_key(event.kind, event.person), _command(event))
        case TurnGiven(taker=taker):
            turn = TakeTurn(
                worker=taker.worker,
                kind=taker.kind,
                region=taker.region,
                today=day_of(fact),
                person=event.person,
                year=taker.year,
                this_year=event.this_year,
                in_all=event.in_all,
                answer=fact.id,
            )
            yield Do(CLAIM, taker.claim, turn)
        case _:
            return


def _command(event: RoomAsked | RoomTaken) -> AllowanceCommand:
    if isinstance(event, RoomTaken):
        return TakeAmount(
            person=event.person, claim=event.claim, year=event.year, amount=event.amount, leaves=event.leaves
        )
    taker = Taker(
        claim=event.claim,
        kind=kind_of(event.kind),
        worker=event.worker,
        region=event.region,
        year=event.year,
    )
    return AskTurn(person=event.person, taker=taker)
