"""Decided claims are paid once, by files and return files, whatever the bank does, and its statement explains every
fen."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from bank.mishaps import Mishaps
from eventcore.readers.lease import Leases
from eventcore.readers.loop import follow
from eventcore.readers.tail import Tail
from lb.local.databases import MakeDatabase
from paying import FUND, Money, adjusted, decided, paying, workers
from subsidy.money.looking import payments_of
from subsidy.money.payments.payee import Payee
from subsidy.money.payments.state import Account

ALLOCATED = 10_000_000

_CHAIN = """
select stream_id || '/' || version as id, type, data->>'payment' as payment, data->>'decision' as decision,
       data->>'batch' as batch
from log.readable where type = any($1)
"""


@pytest.fixture
async def money(subsidy_template: str, postgres_database: MakeDatabase, tmp_path: Path) -> AsyncIterator[Money]:
    async with paying(postgres_database(template=subsidy_template), tmp_path) as found:
        await found.allocate(ALLOCATED)
        yield found


async def settled(money: Money) -> None:
    """The ledger, the fund and the bank's own list agree to the fen."""
    balances, fund = await money.balances(), await money.fund()
    assert balances.get("PAID", 0) == sum(money.bank_paid().values())
    assert balances.get("IN_TRANSIT", 0) == balances.get("PAYABLE", 0) == balances.get("SUSPENSE", 0) == 0
    assert fund["used"] == balances.get("PAID", 0) + balances.get("RETURNED", 0)
    await chained(money)


async def chained(money: Money) -> None:
    """No payment without its unbroken chain: decided, due, approved in a batch, ordered, executed."""
    types = ("claim-decided", "claim-adjusted", "payment-due", "payment-batch-approved", "payment-ordered")
    found: dict[str, list[Any]] = {each: [] for each in (*types, "payment-executed")}
    for row in await money.served.pool.fetch(_CHAIN, list(found)):
        found[row["type"]].append(row)
    decided_by = {row["payment"]: row["decision"] for row in found["payment-due"]}
    batches = {row["payment"]: row["batch"] for row in found["payment-ordered"]}
    executed = [row["payment"] for row in found["payment-executed"]]
    assert len(executed) == len(set(executed))
    approved = {row["batch"] for row in found["payment-batch-approved"]}
    decisions = {row["id"] for kind in types[:2] for row in found[kind]}
    assert {batches[each] for each in executed} <= approved
    assert {decided_by[each] for each in executed} <= decisions


@pytest.mark.parametrize("form", ["txt", "json"])
async def test_whatever_the_bank_does_everybody_is_paid_once_and_nobody_is_forgotten(
    subsidy_template: str, postgres_database: MakeDatabase, tmp_path: Path, form: str
) -> None:
    mishaps = Mishaps(seed=7, refused=0.1, late_executed=0.1, late_not_executed=0.1)
    database = postgres_database(template=subsidy_template)
    async with paying(database, tmp_path, mishaps, bank_format=form, bank_ask_seconds=0.001) as money:
        await money.allocate(ALLOCATED)
        people = list(workers(45))
        await money.decide(*(decided(claim, worker, 50_000 + n) for n, (claim, worker) in enumerate(people)))
        for _ in range(3):  # one return file is cut, one doubled, one has wrong totals
            await money.release(most=15)
        await money.bank_days()
        assert len(money.files("from-bank/quarantine")) == 3

        halted = [account.claim for account in await accounts(money, people) if account.halted]
        assert halted
        body = {"claims": halted, "ground": "账号已核实"}
        await money.served.post("/v1/payment-renewal-batches", body, office="fund-officer")
        await money.release()
        await money.bank_days()
        await money.close_session()
        assert (await money.reconcile())["findings"] == 0
        await settled(money)
        found = await accounts(money, people)
        assert all(account.paid == (0 if account.halted else account.owed) for account in found)
        assert all(len(account.executed) == (0 if account.halted else 1) for account in found)
        assert money.bank_paid() == {each.payment: each.amount for account in found for each in account.executed}


async def accounts(money: Money, people: list[tuple[str, str]]) -> list[Account]:
    """Where the payments of these claims stand."""
    found = await payments_of(money.served.store, [claim for claim, _ in people])
    return [account for account in found.values() if isinstance(account, Account)]


async def test_who_has_no_account_is_left_out_and_paid_once_there_is_one(money: Money) -> None:
    (one, poor), (two, rich) = workers(2)
    money.registry.unpaid[poor] = "no_account"
    await money.decide(decided(one, poor, 500), decided(two, rich, 700))
    await money.release()
    await money.bank_days()
    found = await money.payments(one)
    assert (found["halted"], found["orders"][0]["status"], found["orders"][0]["reason"]) == (
        True,
        "left_out",
        "NO_ACCOUNT",
    )
    wanted = {"status": "left_out", "region": "520526", "fund": FUND}
    listed = (await money.served.get("/v1/payment-orders", wanted, office="releaser")).json()
    assert [each["claim"] for each in listed["orders"]] == [one]
    assert money.registry.asked[0]["authorization"] == "Bearer a-token"
    await settled(money)

    money.registry.unpaid.clear()
    renewal = f"/v1/claims/{one}/payment-renewal"
    answer = await money.served.post(renewal, {"ground": "已补登账号"}, office="clerk", region="520526")
    assert answer.status_code == 201, answer.text
    await money.release()
    await money.bank_days()
    assert (await money.payments(one))["paid"] == 500
    await settled(money)


async def test_an_organisation_is_paid_to_the_account_that_another_person_confirmed(money: Money) -> None:
    served, (claim, worker) = money.served, next(iter(workers(1)))
    path, account = "/v1/payees/91520115MA6DMXXU2Y", {"account": "2402000109200123456"}
    body = {**account, "name": "贵州某某职业培训学校", "bank": "工商银行贵阳支行", "document": "合同2026-7"}
    answer = await served.post(f"{path}/account", body, office="fund-officer", who="fu")
    assert answer.status_code == 201, answer.text
    refused = await served.post(f"{path}/confirmation", account, office="fund-officer", who="fu")
    assert refused.json()["code"] == "payee_recorded_by_you"
    assert (await served.post(f"{path}/confirmation", account, office="releaser", who="rui")).status_code == 201
    payee = Payee(kind="ORGANISATION", id="91520115MA6DMXXU2Y")
    await money.decide(decided(claim, worker, 180_000, kind="TRAINING", payee=payee))
    await money.release()
    await money.bank_days()
    assert (await money.payments(claim))["paid"] == 180_000


async def test_a_correction_pays_further_or_is_owed_back_and_recovered(money: Money) -> None:
    (more, first), (less, second) = workers(2)
    up, down = decided(more, first, 500), decided(less, second, 700)
    await money.decide(up, down)
    await money.release()
    await money.decide(adjusted(up, 800), adjusted(down, 100))  # the bank has both orders
    await money.bank_days()
    assert (await money.payments(less))["owed_back"] == 600
    await money.release()
    await money.bank_days()
    assert (await money.payments(more))["paid"] == 800
    assert (await money.balances())["OWED_BACK"] == -600

    today = (await money.payments(less))["orders"][0]["executed_on"]
    body = {"amount": 600, "document": "收款〔2026〕3号", "received_on": today}
    answer = await money.served.post(f"/v1/claims/{less}/recoveries", body, office="fund-officer")
    assert answer.json() | {"version": 0} == {"claim": less, "owed": 100, "paid": 100, "owed_back": 0, "version": 0}
    await money.catch_up()
    balances = await money.balances()
    assert "OWED_BACK" not in balances
    assert balances["PAID"] + balances["RETURNED"] == 900
    await settled(money)


async def test_money_that_comes_back_is_with_the_fund_and_stated(money: Money) -> None:
    claim, worker = next(iter(workers(1)))
    await money.decide(decided(claim, worker, 500))
    await money.release()
    await money.bank_days()
    assert money.bank.desk.reverse(1.0, "txt")
    await money.bank_days()
    found = await money.payments(claim)
    assert (found["paid"], found["halted"], found["orders"][0]["status"]) == (0, True, "returned")
    await money.close_session()
    assert (await money.reconcile())["findings"] == 0
    await settled(money)
    assert (await money.fund())["left"] == ALLOCATED


async def test_an_order_whose_return_file_never_comes_is_asked_for(
    subsidy_template: str, postgres_database: MakeDatabase, tmp_path: Path
) -> None:
    database = postgres_database(template=subsidy_template)
    async with paying(database, tmp_path, bank_answer_seconds=0.001) as money:
        await money.allocate(ALLOCATED)
        claim, worker = next(iter(workers(1)))
        await money.decide(decided(claim, worker, 500))
        await money.release()
        money.bank.step()
        (lost,) = money.files("from-bank")
        (money.root / "from-bank" / lost).unlink()
        await money.bank_days()
        assert [name.partition("-")[0] for name in money.files("to-bank/taken")] == ["ASK", "PAY"]
        assert (await money.payments(claim))["paid"] == 500
        assert len(money.bank_paid()) == 1
        await settled(money)


async def test_files_with_names_are_destroyed_at_their_term_and_come_again_pay_nobody_twice(money: Money) -> None:
    claim, worker = next(iter(workers(1)))
    await money.decide(decided(claim, worker, 500))
    await money.release()
    await money.bank_days()
    places = ("to-bank/taken", "from-bank/taken")
    (paid,), (told,) = (money.files(place) for place in places)
    answer = (money.root / "from-bank/taken" / told).read_bytes()
    money.root.joinpath("to-bank", "PAY-KEPT-20260302-001.txt").write_bytes(b"the bank has not taken it")
    over = time.time() - (money.served.settings.bank_keep_days + 1) * 86_400
    for path in (path for path in money.root.rglob("*") if path.is_file() and path.name != paid):
        os.utime(path, (over, over))
    await money.tend()
    assert [money.files(place) for place in (*places, "to-bank")] == [[paid], [], ["PAY-KEPT-20260302-001.txt"]]
    money.root.joinpath("from-bank", told).write_bytes(answer)
    await money.tend()
    assert (await money.payments(claim))["paid"] == 500
    await settled(money)


async def test_the_worker_pays_by_itself(money: Money) -> None:
    claim, worker = next(iter(workers(1)))
    await money.decide(decided(claim, worker, 500))
    assert (await money.approve(await money.propose())).status_code == 201
    store, leases = money.served.store, Leases(money.served.settings.database_url.get_secret_value())
    tail = Tail(store.pool, store.appended)
    parts = [tail.keep(), *(follow(store.pool, each, leases, tail) for each in money.readers())]
    tasks = [asyncio.create_task(part) for part in parts]
    try:
        async with asyncio.timeout(60):
            while (await money.payments(claim))["paid"] < 500 or money.files("from-bank"):
                money.bank.step()
                await asyncio.sleep(0.1)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await leases.close()
    assert sum(money.bank_paid().values()) == 500


async def test_the_ledger_is_shown_as_of_a_day(money: Money) -> None:
    assert (await money.balances()) == {"TREASURY": -ALLOCATED, "BUDGET": ALLOCATED}
    parameters = {"as_of": "2026-01-01", "fund": FUND}
    answer = await money.served.get("/v1/ledger", parameters, office="fund-officer")
    assert answer.json() == {"balances": [], "sum": 0}
