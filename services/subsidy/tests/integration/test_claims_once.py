"""Sixteen at once, on PostgreSQL: once for a person, an occupation under either of its names, and a level."""

import asyncio
import random
from datetime import timedelta

import pytest
from claim_facts import ISSUED, WELDER, WELDER_BEFORE, Life
from eventcore.store import Contended, Order, handle
from served import Served
from subsidy.claims.events import Once
from subsidy.claims.reservations.events import Asker, What
from subsidy.claims.reservations.reservation import GUARD, RESERVATION, Ask, names, reservation_key

ASKERS = 16


def ask(n: int) -> tuple[str, Ask]:
    """Training and skill upgrade, by both names of the occupation, in turn; each under another stream's key where `n`
    says so, as it was before the crosswalk joined them."""
    life = Life(name=f"asks-{n}", occupation=WELDER if n % 4 < 2 else WELDER_BEFORE)
    kind = "TRAINING" if n % 2 else "SKILL_UPGRADE"
    day = ISSUED + timedelta(days=n % 5)
    once = Once(pool="TRAINING", person="one-person", occupation=life.occupation, level="5", day=day)
    asker = Asker(
        region="520526",
        claim=life.claim(kind),
        kind="TRAINING" if n % 2 else "SKILL_UPGRADE",
        worker=life.worker,
        about=life.certificate,
        occupation=life.occupation,
        day=day,
        home="520000",
        ask=1,
    )
    what = What(pool="TRAINING", person="one-person", level="5")
    command = Ask(what=what, asker=asker, occupations=names(life.occupation, ISSUED))
    return reservation_key(once, ISSUED), command


async def sent(served: Served, key: str, n: int, command: Ask) -> None:
    for attempt in range(20):
        try:
            await handle(served.store, RESERVATION, key, command, Order(id=f"ask/{key}/{n}"))
            return
        except Contended:
            await asyncio.sleep(random.random() * 0.01 * attempt)


@pytest.mark.parametrize("apart", [False, True], ids=["one stream", "a stream each"])
async def test_of_sixteen_at_once_one_holds_it(subsidy: Served, apart: bool) -> None:
    asks = [ask(n) for n in range(ASKERS)]
    keys = [f"{key}-{n}" if apart else key for n, (key, _) in enumerate(asks)]
    assert len(set(keys)) == (ASKERS if apart else 1)
    waiting = zip(keys, range(ASKERS), (command for _, command in asks), strict=True)
    await asyncio.gather(*(sent(subsidy, key, n, command) for key, n, command in waiting))
    granted = await subsidy.pool.fetchval("select count(*) from log.events where type = 'reservation-granted'")
    refused = await subsidy.pool.fetchval("select count(*) from log.events where type = 'reservation-refused'")
    held = await subsidy.pool.fetch("select key, holder from log.guards where scope = $1", GUARD)
    assert (granted, refused) == (1, ASKERS - 1)
    assert len(held) == 2
    assert len({row["holder"] for row in held}) == 1
