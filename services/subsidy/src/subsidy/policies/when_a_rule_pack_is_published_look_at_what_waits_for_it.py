"""When a claim waits for rules it is put on a shelf; when rules of its place and day are published, it is looked at
again."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from subsidy.claims.claim import CLAIM
from subsidy.claims.commands import LookAgain
from subsidy.claims.events import ClaimWaits
from subsidy.claims.finding import RULE_PACK_MISSING
from subsidy.claims.shelves.events import ClaimsTakenDown, Shelved
from subsidy.claims.shelves.shelf import SHELF, Shelve, TakeDown, shelf_key
from subsidy.claims.state import kind_of
from subsidy.legal_days import day_of
from subsidy.packs.events import PackPublished


def when_a_rule_pack_is_published_look_at_what_waits_for_it(fact: Fact[Any]) -> Iterable[Do[Any]]:
    event = fact.event
    match event:
        case ClaimWaits(fact_on=day) if day is not None and RULE_PACK_MISSING in event.missing:
            shelved = Shelved(
                claim=event.claim,
                kind=kind_of(event.kind),
                worker=event.worker,
                region=event.region,
                fact_on=day,
            )
            yield Do(SHELF, shelf_key(event.region, event.kind), Shelve(claim=shelved))
        case PackPublished():
            down = TakeDown(region=event.region, valid_from=event.valid_from, valid_to=event.valid_to, cause=fact.id)
            yield Do(SHELF, shelf_key(event.region, event.kind), down)
        case ClaimsTakenDown(claims=claims, cause=cause):
            for each in claims:
                looking = LookAgain(
                    worker=each.worker, kind=each.kind, region=each.region, today=day_of(fact), cause=cause
                )
                yield Do(CLAIM, each.claim, looking)
        case _:
            return
