"""Persons see what is recorded about them and who looked at it; a region asks for who is there, and leaves a receipt
for each."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from eventcore.database import Pool
from registry.disclosures import reading

pytestmark = pytest.mark.postgres
Post = Callable[..., Any]
EMPLOYED = {
    "status": "EMPLOYED", "form": "ENTERPRISE", "region": "520102", "employer": "贵阳电子厂", "contact": "085188888888",
}  # fmt: skip


@pytest.fixture
def approved(client: Any, headers: Any, survey: Any, catch_up: Any) -> Post:
    async def post(**changes: Any) -> Any:
        made = (await client.post("/v1/surveys", json=survey(**changes), headers=headers("li"))).json()
        done = await client.post(f"/v1/surveys/{made['survey']}/approval", headers=headers("chen"))
        assert done.status_code == 201
        await catch_up()
        return made

    return post


@pytest.fixture
def own_file(client: Any, headers: Any, catch_up: Any, monkeypatch: pytest.MonkeyPatch) -> Post:
    """The file as its owner gets it, when all readings are known."""
    monkeypatch.setattr(reading, "PATIENCE", 0.05)

    async def read(worker: str) -> Any:
        key = headers(worker, office="worker")
        await catch_up()
        late = await client.post(f"/v1/workers/{worker}/file", headers=key)
        assert (late.status_code, late.json()["code"]) == (503, "not_yet_visible")  # its own reading is not in it yet
        await catch_up()
        shown = await client.post(f"/v1/workers/{worker}/file", headers=key)
        assert shown.status_code == 201, shown.text
        return shown.json()

    return read


async def test_the_file_shows_everything_in_readable_form(approved: Post, own_file: Post) -> None:
    made = await approved(employment=EMPLOYED)
    file = await own_file(made["worker"])
    kinds = [entry["what"] for entry in file["entries"]]
    assert kinds[:2] == ["survey-recorded", "survey-approved"]
    assert "worker-registered" in kinds
    recorded = file["entries"][0]
    assert (
        recorded["data"]
        | {
            "name": "王秀英",
            "number": "520599189003070024",
            "phone": "13800001234",
            "employer": "贵阳电子厂",
            "contact": "085188888888",
            "work_region": "520102",
        }
        == recorded["data"]
    )
    assert (recorded["by"], recorded["organisation"], recorded["zh"]) == ("li", "520526-hrss", "摸查登记")
    text = json.dumps(file, ensure_ascii=False)
    assert '"v1.' not in text
    assert '"1.' not in text


async def test_the_file_shows_every_account_in_full(client: Any, headers: Any, approved: Post, own_file: Post) -> None:
    worker = (await approved())["worker"]
    for account in ("520000012345678", "6217001210024455220"):
        body = {"account": account, "bank": "贵州银行", "evidence": "威人社〔2026〕31号"}
        who = headers("wu", office="clerk")
        assert (await client.post(f"/v1/workers/{worker}/bank-account", json=body, headers=who)).status_code == 201
    entries = [each["data"] for each in (await own_file(worker))["entries"] if each["what"] == "bank-account-recorded"]
    assert [(each["account"], each["bank"]) for each in entries] == [
        ("520000012345678", "贵州银行"),
        ("6217001210024455220", "贵州银行"),
    ]
    assert "holder_name" not in entries[0]


async def test_the_file_says_who_looked_at_what_and_what_for(
    client: Any, headers: Any, approved: Post, own_file: Post
) -> None:
    made = await approved()
    await client.post(
        f"/v1/surveys/{made['survey']}/identity", json={"purpose": "SURVEY_REVIEW"}, headers=headers("chen")
    )
    clerk = headers("wu", office="clerk")
    masked = await client.post(f"/v1/workers/{made['worker']}/identity", json={"purpose": "JOB_SERVICE"}, headers=clerk)
    assert (masked.json()["number"], masked.json()["phone"]) == ("520599********0024", "13800001234")
    assert "contact" not in masked.json()
    file = await own_file(made["worker"])
    readings = {each["purpose"]: each for each in file["readings"]}
    assert set(readings) == {"OWN_FILE", "JOB_SERVICE", "SURVEY_REVIEW"}
    assert (readings["JOB_SERVICE"]["reader"], readings["JOB_SERVICE"]["office"]) == ("wu", "clerk")
    assert readings["SURVEY_REVIEW"]["in_full"] == ["name", "employer"]
    assert "number" in readings["SURVEY_REVIEW"]["masked"]
    assert file["disclosure"] in {each["disclosure"] for each in file["readings"]}


async def test_a_file_is_for_its_owner_only(client: Any, headers: Any, approved: Post) -> None:
    made = await approved()
    path = f"/v1/workers/{made['worker']}/file"
    other = await client.post(path, headers=headers("somebody", office="worker"))
    assert (other.status_code, other.json()["code"]) == (403, "file_not_yours")
    office = await client.post(path, headers=headers("chen"))
    assert (office.status_code, office.json()["code"]) == (403, "office_not_allowed")


@pytest.mark.parametrize(
    ("purpose", "office"), [("OWN_FILE", "clerk"), ("LOCAL_WORKERS", "clerk"), ("SYSTEM_EXCHANGE", "clerk"),
                            ("SURVEY_REVIEW", "clerk"), ("TRAINEE_CONTACT", "institution")]
)  # fmt: skip
async def test_nobody_looks_a_worker_up_for_what_is_not_theirs(
    client: Any, headers: Any, approved: Post, pool: Pool, purpose: str, office: str
) -> None:
    made = await approved()
    path = f"/v1/workers/{made['worker']}/identity"
    refused = await client.post(path, json={"purpose": purpose}, headers=headers("wu", office=office))
    assert (refused.status_code, refused.json()["code"]) == (403, "purpose_not_yours")
    assert await pool.fetchval("select count(*) from log.events where type = 'personal-data-disclosed'") == 0


async def ask(client: Any, headers: Any, region: str = "520102", **body: Any) -> Any:
    key = body.pop("key", None)
    who = headers("wu", office="clerk", region=region, key=key)
    return await client.post("/v1/local-worker-requests", json={"region": region, **body}, headers=who)


async def receipts(pool: Pool) -> int:
    count = (
        "select count(*) from log.readable where type = 'personal-data-disclosed' and data::text like '%LOCAL_WORKERS%'"
    )
    return int(await pool.fetchval(count))


async def test_a_region_gets_who_works_there_and_each_has_a_receipt(
    client: Any, headers: Any, approved: Post, own_file: Post, pool: Pool
) -> None:
    here = await approved(employment=EMPLOYED)
    poor = await approved(
        employment=EMPLOYED, number="520599199003070015",
        groups=[{"group": "POVERTY_LIFTED", "valid_from": "2022-01-01"}],
    )  # fmt: skip
    await approved(number="520599198803070035")
    first = await ask(client, headers, key="k1")
    assert first.status_code == 201
    found = {each["worker"]: each for each in first.json()["workers"]}
    assert set(found) == {here["worker"], poor["worker"]}
    assert found[here["worker"]] | {
        "name": "王秀英", "number": "520599********0024", "phone": "13800001234", "household_region": "520526",
        "work_region": "520102",
    } == found[here["worker"]]  # fmt: skip
    assert await receipts(pool) == 2
    again = await ask(client, headers, key="k1")
    assert again.json() == first.json()
    assert await receipts(pool) == 2
    lifted = await ask(client, headers, groups=["POVERTY_LIFTED"])
    assert [each["worker"] for each in lifted.json()["workers"]] == [poor["worker"]]
    assert await receipts(pool) == 3
    file = await own_file(poor["worker"])
    assert sum(each["purpose"] == "LOCAL_WORKERS" for each in file["readings"]) == 2
    assert {each["organisation"] for each in file["readings"] if each["purpose"] == "LOCAL_WORKERS"} == {"520102-hrss"}


async def test_reads_and_receipts_are_as_many_whatever_is_withheld(
    client: Any, headers: Any, approved: Post, pool: Pool
) -> None:
    here = await approved(employment=EMPLOYED)
    await approved(employment=EMPLOYED, number="520599199003070015")
    officer = headers("zhou", office="privacy-officer")
    body = {"ground": "DISPUTE"}
    await client.post(f"/v1/workers/{here['worker']}/restriction", json=body, headers=officer)
    answer = (await ask(client, headers)).json()
    assert (len(answer["workers"]), answer["withheld"], answer["next"]) == (1, 1, None)
    assert await receipts(pool) == 1
    elsewhere = (await ask(client, headers, region="520502")).json()
    assert (elsewhere["workers"], elsewhere["withheld"]) == ([], 0)
    assert await receipts(pool) == 1


async def test_a_region_asks_for_itself_only(client: Any, headers: Any, pool: Pool) -> None:
    who = headers("wu", office="clerk", region="520526")
    refused = await client.post("/v1/local-worker-requests", json={"region": "520102"}, headers=who)
    assert (refused.status_code, refused.json()["code"]) == (403, "region_not_yours")
