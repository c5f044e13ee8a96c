"""The own file is whole: linked ids, household, lists, imports, other systems; and it shows nobody else."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from import_clerk import Clerk
from made_rosters import line, made_up, roster
from made_up_numbers import number as made_up_number
from people_office import Office, designated, since
from registry.disclosures import reading
from sent_snapshots import upload

pytestmark = pytest.mark.postgres
Headers = Callable[..., dict[str, str]]
CatchUp = Callable[[], Awaitable[None]]


@pytest.fixture
def office(client: httpx.AsyncClient, headers: Headers, survey: Any, catch_up: CatchUp) -> Office:
    return Office(client, headers, survey, catch_up)


@pytest.fixture
def file_of(office: Office, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Awaitable[dict[str, Any]]]:
    """The file as its owner gets it, when all readings are known: its own are not in it the first time."""
    monkeypatch.setattr(reading, "PATIENCE", 0.05)

    async def read(worker: str) -> dict[str, Any]:
        head = office.headers(worker, office="worker")
        for status in (503, 201):
            await office.catch_up()
            answer = await office.client.post(f"/v1/workers/{worker}/file", headers=head)
            assert answer.status_code == status, answer.text
        found: dict[str, Any] = answer.json()
        return found

    return read


async def test_the_file_shows_household_and_lists_without_the_others(office: Office, file_of: Any) -> None:
    mine, others = [await designated(office, since("POVERTY_LIFTED", "2021-01-01")) for _ in range(2)]
    made = await office.post("/v1/households", {"region": "520526", "evidence": "威乡振〔2026〕1号"}, office="clerk")
    path = f"/v1/households/{made.json()['household']}"
    for worker, relation in ((others, "HEAD"), (mine, "SPOUSE")):
        member = {"worker": worker, "relation": relation, "joined_on": "2015-06-01"}
        assert (await office.post(f"{path}/members", member, office="clerk")).status_code == 201
    found: list[dict[str, Any]] = [{"member": n, "situation": "ABLE_TO_WORK", "wishes": []} for n in (1, 2)]
    surveyed = {"surveyed_on": "2026-03-02", "members": found}
    assert (await office.post(f"{path}/surveys", surveyed, office="surveyor")).status_code == 201
    published = {
        "region": "520526", "plan": "520000-2026", "trainees": [mine, others],
        "receivers": [
            {"kind": "LABOUR_DEPARTMENT", "organisation": "520526-hrss"},
            {"kind": "TRAINING_INSTITUTION", "organisation": "520100-hrss"},
        ],
    }  # fmt: skip
    assert (await office.post("/v1/trainee-lists", published)).status_code == 201
    file = await file_of(mine)
    entries = {each["what"]: each["data"] for each in file["entries"]}
    assert entries["member-added"]["relation"] == "SPOUSE"
    assert [each["member"] for each in entries["household-surveyed"]["members"]] == [2]
    assert entries["trainee-list-published"]["trainees"] == [mine]
    assert others not in json.dumps(file)


async def test_the_file_shows_what_was_said_under_an_id_that_was_found_to_be_the_person(
    office: Office, file_of: Any
) -> None:
    stays, other = [(await office.surveyed())["worker"] for _ in range(2)]
    account = {"account": "520000012345678", "bank": "贵州银行", "evidence": "威人社〔2026〕31号"}
    assert (await office.post(f"/v1/workers/{other}/bank-account", account)).status_code == 201
    decision = {
        "other": other, "verdict": "SAME", "reason": "NUMBER_CORRECTED", "evidence": ["威人社〔2026〕32号"],
    }  # fmt: skip
    assert (await office.post(f"/v1/workers/{stays}/duplicates", decision, subject="sun")).status_code == 201
    file = await file_of(stays)
    surveys = [each["data"] for each in file["entries"] if each["what"] == "survey-recorded"]
    assert {each["worker"] for each in surveys} == {stays, other}
    assert all(each["name"] == "王秀英" for each in surveys)
    assert [e["data"]["account"] for e in file["entries"] if e["what"] == "bank-account-recorded"] == [
        account["account"]
    ]
    assert {each["worker"] for each in file["readings"]} == {stays, other}
    assert '"v1.' not in json.dumps(file)


async def test_the_file_shows_who_read_the_workbook_of_the_import_that_brought_the_person(
    client: httpx.AsyncClient, headers: Headers, catch_up: CatchUp, file_of: Any
) -> None:
    clerk = Clerk(client, headers, catch_up)
    person, stranger = made_up(2)
    found = await clerk.imported(roster([line(person), line(stranger)]))
    await clerk.get(f"/v1/imports/{found['import']}/workbook", purpose="ROSTER_CORRECTION")
    (verdict, _) = await clerk.verdicts(found["import"])
    file = await file_of(verdict["worker"])
    readings = {each["purpose"]: each for each in file["readings"]}
    assert readings["ROSTER_CORRECTION"]["reader"] == "zhang"
    assert readings["ROSTER_CORRECTION"]["reference"] == f"import-{found['import']}"
    assert "number" in readings["ROSTER_CORRECTION"]["in_full"]
    assert stranger.number not in json.dumps(file)


async def test_the_file_shows_what_other_systems_say_and_where_they_contradict(
    office: Office, headers: Headers, file_of: Any
) -> None:
    worker = (await office.surveyed())["worker"]
    clerk = headers("zhou", region="520000", office="clerk")
    ours = await office.post("/v1/own-snapshots", office="clerk", region="520000")
    insured = "个人编号,姓名,社会保障号码,户籍地,参保状态\nA1,王秀英,{},威宁县,参保缴费\n"
    number = made_up_number("19900307", 1)
    theirs = await upload(office.client, clerk, "social-insurance", insured.format(number).encode(), "2026-10-08")
    assert theirs.status_code == 201, theirs.text
    sides = {"registry": ours.json()["snapshot"], "social-insurance": theirs.json()["snapshot"]}
    run = await office.post(
        "/v1/match-runs", {"comparison": "social-insurance", "snapshots": sides}, office="clerk", region="520000"
    )
    assert run.status_code == 201, run.text
    file = await file_of(worker)
    rows = {each["source"]: each for each in file["system_rows"]}
    assert set(rows) == {"registry", "social-insurance"}
    assert rows["social-insurance"]["records"] == ["A1"]
    assert [each["rule"] for each in file["system_conflicts"]] == ["INSURANCE_DIFFERS"]
    stranger = (await office.surveyed())["worker"]
    assert (await file_of(stranger))["system_conflicts"] == []
