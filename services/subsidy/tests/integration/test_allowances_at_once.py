"""The claims of a person, at once, on PostgreSQL: together they get no more than the cap, and one at a time has its
turn."""

import asyncio
import random
from collections.abc import Mapping

from capped import CAP, TEXT, WANG, attended, claim_of, completed
from claims_office import HANDLER, commit, decide, explained
from eventcore.store import Contended, Order, handle
from eventcore.verify import verify
from served import Served
from subsidy.claims.allowances.allowance import ALLOWANCE, AskTurn
from subsidy.claims.allowances.events import Taker

NUMBERS = (1, 2, 3, 4)


async def ask(served: Served, n: int) -> None:
    taker = Taker(claim=f"c{n}", kind="LIVING", worker="w1", region="520526", year=2026)
    for attempt in range(20):
        try:
            await handle(served.store, ALLOWANCE, "one", AskTurn(person="w1", taker=taker), Order(id=f"ask/{n}"))
            return
        except Contended:
            await asyncio.sleep(random.random() * 0.01 * attempt)


async def test_of_sixteen_at_once_one_has_its_turn(subsidy: Served) -> None:
    await asyncio.gather(*(ask(subsidy, n) for n in range(16)))
    types = await subsidy.pool.fetch("select type, count(*) as n from log.events group by type")
    assert {row["type"]: row["n"] for row in types} == {"turn-asked": 16, "turn-given": 1}


async def test_claims_that_are_decided_at_once_stay_under_the_cap(subsidy: Served) -> None:
    published = await subsidy.post("/v1/rule-packs", {"text": TEXT}, office="rule-officer", who="ru")
    assert published.status_code == 201
    await commit(subsidy, "hu")
    await subsidy.tell(WANG.registered(), *(completed(n) for n in NUMBERS))
    answers = await asyncio.gather(*(decide(subsidy, claim_of(n)) for n in NUMBERS))
    assert sorted(each.json()["amount"] for each in answers) == [0, 40_000, 80_000, 80_000]
    await subsidy.catch_up()
    refused = next(n for n in NUMBERS if not answers[n - 1].json()["amount"])
    assert (await explained(subsidy, claim_of(refused)))["decision"]["reasons"] == ["NOTHING_OWED"]
    first = next(n for n in NUMBERS if answers[n - 1].json()["amount"] == 80_000)
    await subsidy.tell(attended(first, 5))
    amounts = await decided(subsidy)
    assert sum(amounts.values()) == CAP, "what never left is room for the others"
    assert amounts[first] == 20_000
    assert await verify(subsidy.pool, subsidy.program.service.deciders) == []


async def decided(served: Served) -> Mapping[int, int]:
    answers = [await served.get(f"/v1/claims/{claim_of(n)}/explain", None, **HANDLER) for n in NUMBERS]
    return {n: answer.json()["decision"]["amount"] for n, answer in zip(NUMBERS, answers, strict=True)}
