"""Where workers are paid: sealed, and shown to the payer alone, each person with a record before."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from eventcore.database import Pool
from eventcore.store import Store
from made_up_numbers import number as made_up
from registry.disclosures.reveal import reveal
from registry.vault import Vault

pytestmark = pytest.mark.postgres
ACCOUNT, CARD = "520000012345678", "6217001210024455220"
FILE = {"purpose": "SUBSIDY_PAYMENT", "reference": "pay-2026-0001"}
RECORDED = "select count(*) from log.events where type = 'personal-data-disclosed'"


def body(**changes: Any) -> dict[str, Any]:
    return {"account": ACCOUNT, "bank": "贵州银行", "evidence": "威人社〔2026〕31号", **changes}


@pytest.fixture
def account(client: Any, headers: Any) -> Callable[..., Any]:
    """An office records an account."""

    async def post(worker: str, **changes: Any) -> Any:
        who = headers("wu", office="clerk")
        return await client.post(f"/v1/workers/{worker}/bank-account", json=body(**changes), headers=who)

    return post


@pytest.fixture
def payees(client: Any, headers: Any) -> Callable[..., Any]:
    """The payer asks for whom it pays."""

    async def post(*workers: str, key: str | None = None, region: str = "520000", **changes: Any) -> Any:
        who = headers("subsidy", office="payer", region=region, key=key)
        return await client.post("/v1/payee-disclosures", json={**FILE, "workers": workers, **changes}, headers=who)

    return post


async def test_the_payer_gets_name_and_account_and_each_person_a_record(
    recorded: Any, account: Any, payees: Any, pool: Pool
) -> None:
    worker = (await recorded())["worker"]
    assert (await account(worker)).status_code == 201
    again = await account(worker, account="６２１７ 0012 1002 4455 220", holder_name="王大山")
    assert again.json() == {"worker": worker, "version": 2}
    first = await payees(worker, key="k1")
    assert first.status_code == 200, first.text
    (payee,) = first.json()["payees"]
    assert payee | {
        "worker": worker, "name": "王秀英", "account": CARD, "bank": "贵州银行", "holder_name": "王大山",
    } == payee  # fmt: skip
    assert await pool.fetchval(RECORDED) == 1
    record = json.loads(await pool.fetchval("select data from log.readable where type = 'personal-data-disclosed'"))
    assert record | {
        "worker": worker, "purpose": "SUBSIDY_PAYMENT", "reference": "pay-2026-0001", "organisation": "520000-hrss",
        "accounts": [2], "in_full": ["name", "account", "bank", "holder_name"], "masked": [],
    } == record  # fmt: skip
    retried = await payees(worker, key="k1")
    assert (retried.json(), await pool.fetchval(RECORDED)) == (first.json(), 1)


async def test_an_account_lies_in_the_log_sealed_and_in_no_answer(
    recorded: Any, account: Any, payees: Any, pool: Pool
) -> None:
    worker = (await recorded())["worker"]
    await account(worker, account=CARD, holder_name="王大山")
    await assert_sealed(pool)
    await payees(worker)
    await assert_sealed(pool)


async def assert_sealed(pool: Pool) -> None:
    stored = await pool.fetch("select data from log.events union all select answer from log.commands")
    text = b"\n".join(bytes(row[0]) for row in stored).decode()
    for plain in (CARD, "贵州银行", "王大山"):
        assert plain not in text


async def test_who_cannot_be_paid_is_answered_with_the_reason(
    client: Any, headers: Any, recorded: Any, account: Any, payees: Any, officer: Any, catch_up: Any, pool: Pool
) -> None:
    paid, without, dead, gone = [
        (await recorded(number=number))["worker"]
        for number in ("520599189003070024", "520599199003070015", "520599198803070035", made_up("19850307", 1))
    ]
    for each in (paid, dead, gone):
        assert (await account(each)).status_code == 201
    who = headers("wu", office="clerk")
    death = {"died_on": "2026-03-05", "evidence": "死亡证明2026-1"}
    assert (await client.post(f"/v1/workers/{dead}/death", json=death, headers=who)).status_code == 201
    await catch_up()
    assert (await officer(f"/v1/workers/{gone}/erasure", {"ground": "PERSON_REQUEST"})).status_code == 201
    restricted = await officer(f"/v1/workers/{paid}/restriction", {"ground": "LEGAL_RETENTION", "until": "2099-01-01"})
    assert restricted.status_code == 201
    nobody = "0195a001-0000-7000-8000-000000000001"
    answer = (await payees(paid, without, dead, gone, nobody)).json()
    reasons = [each.get("reason") for each in answer["payees"]]
    assert reasons == [None, "no_account", "deceased", "erased", "unknown_worker"]
    assert answer["payees"][0]["account"] == ACCOUNT
    assert await pool.fetchval(RECORDED) == 1
    elsewhere = (await payees(paid, region="520100")).json()["payees"]
    assert [each["reason"] for each in elsewhere] == ["region_not_yours"]


async def test_only_the_payer_asks_and_for_a_payment(client: Any, headers: Any, recorded: Any, payees: Any) -> None:
    worker = (await recorded())["worker"]
    request = {**FILE, "workers": [worker]}
    clerk = await client.post("/v1/payee-disclosures", json=request, headers=headers("wu", office="clerk"))
    assert (clerk.status_code, clerk.json()["code"]) == (403, "office_not_allowed")
    identity = await client.post(
        f"/v1/workers/{worker}/identity", json={"purpose": "SUBSIDY_PAYMENT"}, headers=headers("wu", office="clerk")
    )
    assert (identity.status_code, identity.json()["code"]) == (403, "purpose_not_yours")
    assert (await payees(worker, worker)).status_code == 422
    assert (await payees(worker, reference="")).status_code == 422


async def test_a_linked_worker_is_paid_as_the_canonical_one(
    client: Any, headers: Any, recorded: Any, account: Any, payees: Any, catch_up: Any
) -> None:
    stays = (await recorded())["worker"]
    other = (await recorded(number="520599199003070015"))["worker"]
    assert (await account(stays)).status_code == 201
    decision = {
        "other": other, "verdict": "SAME", "reason": "NUMBER_CORRECTED", "evidence": ["威人社〔2026〕32号"],
    }  # fmt: skip
    who = headers("sun", office="registrar")
    linked = await client.post(f"/v1/workers/{stays}/duplicates", json=decision, headers=who)
    assert linked.status_code == 201, linked.text
    await catch_up()
    (payee,) = (await payees(other)).json()["payees"]
    assert (payee["worker"], payee["canonical"], payee["account"]) == (other, stays, ACCOUNT)
    refused = await account(other)
    assert (refused.status_code, refused.json()["code"]) == (409, "worker_linked")


async def test_what_is_no_account_is_refused_without_an_echo(recorded: Any, account: Any) -> None:
    worker = (await recorded())["worker"]
    for wrong, code in (("6217001210024455221", "bank_account_checksum"), ("12345", "bank_account_format")):
        refused = await account(worker, account=wrong)
        assert refused.status_code == 422
        assert [each["code"] for each in refused.json()["errors"]] == [code]
        assert wrong not in refused.text


async def test_a_batch_of_accounts_has_a_verdict_each(client: Any, headers: Any, recorded: Any, payees: Any) -> None:
    worker = (await recorded())["worker"]
    nobody = "0195a001-0000-7000-8000-000000000001"
    rows = [body(worker=worker), body(worker=nobody), body(worker=worker, account="1"), {"worker": worker}]
    who = headers("wu", office="clerk", key="k1")
    answer = await client.post("/v1/bank-account-batches", json={"accounts": rows}, headers=who)
    assert [each["status"] for each in answer.json()["results"]] == [201, 404, 422, 422]
    again = await client.post("/v1/bank-account-batches", json={"accounts": rows}, headers=who)
    assert again.json()["results"][0] == answer.json()["results"][0]
    elsewhere = headers("wu", office="clerk", region="520100")
    foreign = await client.post("/v1/bank-account-batches", json={"accounts": rows[:1]}, headers=elsewhere)
    assert [each["answer"]["code"] for each in foreign.json()["results"]] == ["region_not_yours"]
    assert (await payees(worker)).json()["payees"][0]["account"] == ACCOUNT


async def test_what_the_payer_may_see_is_what_the_record_says(
    recorded: Any, account: Any, payees: Any, store: Store, vault: Vault
) -> None:
    worker = (await recorded())["worker"]
    await account(worker)
    (payee,) = (await payees(worker)).json()["payees"]
    await account(worker, account=CARD)
    revealed = await reveal(store, vault, payee["disclosure"])
    ((version, shown),) = revealed.accounts.items()
    assert (version, shown["account"]) == (1, ACCOUNT)
