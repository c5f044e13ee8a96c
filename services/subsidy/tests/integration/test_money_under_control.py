"""Who decides does not release, an edit voids an approval, two batches never take the last yuan both, and what is
unexplained freezes the fund."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from eventcore.clock import CLOCK, legal_day
from eventcore.database import Unavailable
from eventcore.schema import renew
from lb.local.databases import MakeDatabase
from paying import FUND, Money, decided, paying, workers
from restoring import reads_again
from subsidy.money.bank.forms import FORMS
from subsidy.money.bank.records import AnswerLine


@pytest.fixture
def owner(subsidy_template: str, postgres_database: MakeDatabase) -> str:
    return postgres_database(template=subsidy_template)


@pytest.fixture
async def money(owner: str, tmp_path: Path) -> AsyncIterator[Money]:
    async with paying(owner, tmp_path) as found:
        people = list(workers(4))
        await found.decide(*(decided(claim, worker, 100) for claim, worker in people))
        yield found


async def listed(money: Money) -> list[dict[str, Any]]:
    answer = await money.served.get("/v1/payment-batches", {"fund": FUND}, office="releaser")
    found: list[dict[str, Any]] = answer.json()["batches"]
    return found


async def test_who_proposed_or_decided_does_not_release(money: Money) -> None:
    await money.allocate(400)
    batch = await money.propose()
    assert (await money.approve(batch, who="fu")).json()["code"] == "batch_of_your_own"
    assert (await money.approve(batch, who="han")).json()["code"] == "batch_with_your_decision"
    path = f"/v1/payment-batches/{batch['batch']}/approvals"
    other = await money.served.post(path, {"hash": batch["hash"]}, office="fund-officer", who="rui")
    assert other.status_code == 403
    assert money.files("to-bank") == []


async def test_an_edit_between_approval_and_release_leaves_nothing_released(money: Money) -> None:
    await money.allocate(400)
    batch = await money.propose()
    assert (await money.approve(batch)).status_code == 201
    whole = (await money.served.get(f"/v1/payment-batches/{batch['batch']}", office="releaser")).json()
    body = {"payments": [whole["lines"][0]["payment"]], "reason": "核查"}
    removals = f"/v1/payment-batches/{batch['batch']}/removals"
    edited = await money.served.post(removals, body, office="fund-officer", who="fu")
    await money.catch_up()
    assert money.files("to-bank") == []
    assert (await money.approve(batch)).json()["code"] == "batch_hash_differs"
    assert (await money.approve(edited.json())).status_code == 201
    await money.catch_up()
    assert len(money.files("to-bank")) == 1
    late = await money.served.post(removals, body, office="fund-officer", who="fu")
    assert late.json()["code"] == "batch_released"
    assert (await money.propose())["lines"] == 1


async def test_after_a_restore_nothing_is_paid_until_the_provinces_agree(money: Money) -> None:
    pool = money.served.pool
    await pool.execute("insert into log.pairs (region, agreed) values ('440000', 'before')")
    await money.allocate(400)
    assert (await money.approve(await money.propose())).status_code == 201
    with pytest.raises(Unavailable):
        await money.catch_up()
    assert money.files("to-bank") == []
    await pool.execute("update log.pairs set agreed = (select incarnation from log.head)")
    await money.catch_up()
    assert len(money.files("to-bank")) == 1


async def test_a_restored_log_pays_nothing_before_it_has_heard_again_what_it_lost(money: Money, owner: str) -> None:
    await money.allocate(400)
    assert (await money.approve(await money.propose())).status_code == 201
    await renew(owner)
    with pytest.raises(Unavailable):
        await money.catch_up()
    assert money.files("to-bank") == []
    await reads_again(money.served.store, "520000")
    with pytest.raises(Unavailable):
        await money.catch_up()  # the readers of claims are not there
    await money.served.catch_up()
    assert len(money.files("to-bank")) == 1


async def test_sixteen_at_once_put_an_order_into_one_batch(money: Money) -> None:
    await money.catch_up()

    async def propose(n: int) -> int:
        body = {"fund": FUND}
        answer = await money.served.post("/v1/payment-batches", body, office="fund-officer", who=f"fu{n}")
        return answer.status_code

    found = await asyncio.gather(*map(propose, range(16)))
    assert sorted(found) == [201, *[409] * 15]


async def test_two_batches_do_not_take_the_last_money_both(money: Money) -> None:
    await money.allocate(300)
    batches = [await money.propose(most=2), await money.propose(most=2)]
    await asyncio.gather(*map(money.approve, batches))
    await money.catch_up()
    assert sorted((each["status"], each["reason"]) for each in await listed(money)) == [
        ("proposed", "SHORT"),
        ("sent", ""),
    ]
    assert (await money.fund())["left"] == 100
    await money.allocate(100)
    (held,) = (each for each in await listed(money) if each["status"] == "proposed")
    assert (await money.approve(held)).status_code == 201
    await money.catch_up()
    assert (await money.fund())["left"] == 0


async def test_what_the_bank_moved_and_nobody_knows_freezes_the_fund_until_it_is_explained(money: Money) -> None:
    await money.allocate(400)
    await money.release(most=2)
    await money.bank_days()
    today = legal_day(CLOCK)
    statement = f"STM-{today:%Y%m%d}-001"
    line = AnswerLine("00000000-0000-5000-8000-0000000000ff", 70, "S", "", "B999", FUND)
    data = FORMS[".txt"].write(statement, "", today, (line,))
    (money.root / "from-bank" / f"{statement}.txt").write_bytes(data)
    await money.tend()
    assert (await money.reconcile())["findings"] == 1
    days = (await money.served.get("/v1/reconciliations", office="releaser")).json()["days"]
    assert [(each["on"], each["known"], each["lines"], each["unexplained"]) for each in days] == [
        (today.isoformat(), 2, 1, 1)
    ]
    detail = (await money.served.get(f"/v1/reconciliations/{today}", office="releaser")).json()
    assert detail["funds"] == [{"fund": FUND, "lines": 1, "paid": 70, "returned": 0}]
    assert [each["reference"] for each in detail["findings"]] == ["B999"]
    fund = await money.fund()
    assert (fund["frozen"], [each["key"] for each in fund["open"]]) == (True, ["B999"])
    assert (await money.balances())["SUSPENSE"] == 70
    frozen = await money.served.post("/v1/payment-batches", {"fund": FUND}, office="fund-officer", who="fu")
    assert frozen.json()["code"] == "fund_frozen"

    path = f"/v1/funds/{FUND}"
    early = await money.served.post(f"{path}/unfreeze", office="releaser", who="rui")
    assert early.json()["code"] == "fund_items_open"
    body = {"item": "B999", "document": "银行更正函2026-1"}
    assert (await money.served.post(f"{path}/explanations", body, office="fund-officer", who="fu")).status_code == 201
    own = await money.served.post(f"{path}/unfreeze", office="fund-officer", who="fu")
    assert own.json()["code"] == "fund_explained_by_you"
    assert (await money.served.post(f"{path}/unfreeze", office="releaser", who="rui")).status_code == 201
    assert "SUSPENSE" not in await money.balances()
    await money.release()
    assert (await money.reconcile())["findings"] == 0


async def test_a_movement_that_no_statement_has_by_the_next_day_freezes_the_fund(money: Money) -> None:
    await money.allocate(400)
    await money.release()
    await money.bank_days()
    assert (await money.reconcile()) == {"day": f"{legal_day(CLOCK):%Y%m%d}", "findings": 0, "awaited": 4, "version": 1}
    CLOCK.offset = timedelta(days=1)
    try:
        await money.tend()
    finally:
        CLOCK.offset = timedelta()
    fund = await money.fund()
    assert fund["frozen"]
    assert {each["cause"] for each in fund["open"]} == {"MISSING"}
    assert len(fund["open"]) == 4


async def test_a_file_that_was_put_aside_leaves_nothing_behind(money: Money) -> None:
    await money.allocate(400)
    await money.release()
    money.bank.step()
    (name,) = money.files("from-bank")
    path = money.root / "from-bank" / name
    path.write_bytes(path.read_bytes()[:-7])
    before = await money.balances()
    await money.tend()
    assert money.files("from-bank/quarantine") == [name]
    assert await money.balances() == before
    answer = await money.served.get("/v1/bank-files", {"status": "quarantined"}, office="releaser")
    assert [(each["file"], each["refused"]) for each in answer.json()["files"]] == [(path.stem, ["truncated"])]
    await money.bank_days()
    assert sum(money.bank_paid().values()) == (await money.balances())["PAID"] == 400
