"""Who is responsible for a worker, over two provinces' registries on real PostgreSQL."""

import asyncio
from datetime import date
from typing import Any

import pytest
from contracts.employment import EmploymentEndedV1, EmploymentStartedV1
from contracts.registry import WorkerDeceasedV1
from contracts.stewardship import StewardshipEndingV1, StewardshipHeldV1, StewardshipReleasedV1, StewardshipYieldedV1
from contracts.transfer import AcceptedV1
from registry.vault import KeyGone
from two_registries import HOME, HOST, Registry, correspond, make_directory

pytestmark = pytest.mark.postgres
JOB: dict[str, Any] = {
    "employment": "job-1",
    "home": "520526",
    "employer": "91440300708461136T",
    "region": "440306",
    "occupation": "2022/6-18-02-04",
    "form": "ENTERPRISE",
    "self_found": True,
    "to": (HOME,),
}


@pytest.fixture
async def worker(registries: Any, headers: Any, survey: Any) -> str:
    """A worker registered at home."""
    client = registries.home.client
    made = (await client.post("/v1/surveys", json=survey(), headers=headers("li"))).json()
    await client.post(f"/v1/surveys/{made['survey']}/approval", headers=headers("chen"))
    await registries.home.run()
    return str(made["worker"])


async def starts(host: Registry, worker: str) -> None:
    """A job begins, as the host's placement says."""
    started = EmploymentStartedV1(worker=worker, started_on=date(2026, 4, 1), organisation="440306-hrss", **JOB)
    await host.hear(started, "employment-job-1")


async def ends(host: Registry, worker: str) -> None:
    ended = EmploymentEndedV1(worker=worker, ended_on=date(2026, 9, 1), reason="OWN_WISH", **JOB)
    await host.hear(ended, "employment-job-1", version=2)


async def yields(registry: Registry, worker: str, epoch: int) -> None:
    """The placement of the province stops acting."""
    told = StewardshipYieldedV1(worker=worker, epoch=epoch)
    await registry.hear(told, f"permission-{worker}", version=epoch)


async def steward(registry: Registry, worker: str, headers: Any, region: str) -> Any:
    answer = await registry.client.get(f"/v1/stewardship/{worker}", headers=headers("chen", region=region))
    assert answer.status_code == 200, answer.text
    return answer.json()


async def handed_over(registries: Any, worker: str) -> None:
    """To the host, because of a job there."""
    await starts(registries.host, worker)
    await correspond(registries.home, registries.host)
    await yields(registries.home, worker, 1)
    await correspond(registries.home, registries.host)


async def test_a_job_in_another_province_hands_the_worker_over_and_its_end_hands_back(
    registries: Any, worker: str, headers: Any
) -> None:
    home, host = registries.home, registries.host
    assert (await steward(home, worker, headers, HOME))["here"] == "ACTING"
    await starts(host, worker)
    await correspond(home, host)
    ending = await steward(home, worker, headers, HOME)
    assert (ending["steward"], ending["coming"], ending["here"]) == (HOME, HOST, "ENDING")
    assert await host.said(StewardshipHeldV1) == []  # home's placement has not stopped yet
    await yields(home, worker, 1)
    await correspond(home, host)
    assert (await steward(home, worker, headers, HOME))["here"] == "NOT_ACTING"
    there = await steward(host, worker, headers, HOST)
    assert (there["home"], there["steward"], there["epoch"], there["here"]) == (HOME, HOST, 2, "ACTING")
    await ends(host, worker)
    await yields(host, worker, 2)
    await correspond(home, host)
    await yields(host, worker, 2)
    await correspond(home, host)
    back = await steward(home, worker, headers, HOME)
    assert (back["steward"], back["epoch"], back["here"]) == (HOME, 3, "ACTING")
    assert [event.epoch for event in await home.said(StewardshipHeldV1)] == [1, 3]
    assert [event.epoch for event in await home.said(StewardshipEndingV1)] == [1]
    assert [event.epoch for event in await host.said(StewardshipReleasedV1)] == [2]


async def test_home_acts_no_more_for_who_is_handed_over_and_says_who_does(
    registries: Any, worker: str, headers: Any, survey: Any
) -> None:
    home = registries.home
    await handed_over(registries, worker)
    wishes = {"wishes": ["JOB"], "evidence": "2026-1"}
    refused = [
        await home.client.post("/v1/surveys", json=survey(surveyed_on="2026-05-02"), headers=headers("li")),
        await home.client.post(f"/v1/workers/{worker}/wishes", json=wishes, headers=headers("li")),
        await home.client.post(
            f"/v1/workers/{worker}/designation",
            json={"plan": "520000-2026", "evidence": "2026-2"},
            headers=headers("sun", office="registrar"),
        ),
    ]
    for answer in refused:
        assert (answer.status_code, answer.json()["code"], answer.json()["steward"]) == (409, "not_steward", HOST)
    other = await home.client.post(
        "/v1/surveys", json=survey(number="520599199003070031", name="李四"), headers=headers("li")
    )
    assert other.status_code == 201  # of somebody else nothing has changed


async def test_a_wait_is_shown_with_its_age_and_a_refusal_is_a_case(registries: Any, worker: str, headers: Any) -> None:
    home, host = registries.home, registries.host
    await starts(host, worker)
    await correspond(home, host)
    registrar = headers("sun", office="registrar", region=HOME)
    waits = (await home.client.get("/v1/stewardship-waits", headers=registrar)).json()["waits"]
    assert {(wait["kind"], wait["province"]) for wait in waits} == {("RELEASE", HOME), ("SERVICES", HOME)}
    assert all(wait["age_seconds"] >= 0 for wait in waits)
    await yields(home, worker, 1)
    await correspond(home, host)
    assert (await home.client.get("/v1/stewardship-waits", headers=registrar)).json()["waits"] == []
    asked = await home.client.post(
        f"/v1/stewardship/{worker}/recall", headers=headers("sun", office="registrar", region=HOME)
    )
    assert asked.status_code == 201
    await correspond(home, host)
    cases = (await home.client.get("/v1/stewardship-cases", headers=registrar)).json()["waits"]
    assert [(case["worker"], case["province"], case["refused"]) for case in cases] == [(worker, HOST, "STILL_EMPLOYED")]
    assert (await steward(host, worker, headers, HOST))["here"] == "ACTING"


async def test_taking_back_needs_an_order_and_a_revoked_key(registries: Any, worker: str, headers: Any) -> None:
    home, host = registries.home, registries.host
    await handed_over(registries, worker)
    path, order = f"/v1/stewardship/{worker}/taking-back", {"order": "人社厅函〔2027〕3号"}

    def registrar() -> Any:
        return headers("sun", office="registrar", region=HOME)

    assert (await home.client.post(path, json={}, headers=registrar())).status_code == 422
    trusted = await home.client.post(path, json=order, headers=registrar())
    assert (trusted.status_code, trusted.json()["code"]) == (409, "stewardship_holder_trusted")
    folders = {each.region: each.settings.secrets_dir for each in (home, host)}
    make_directory(registries.directory, folders, revoked=frozenset({HOST}))
    taken = await _until_read(home, path, order, registrar)
    assert (taken["steward"], taken["epoch"]) == (HOME, 3)
    await home.run()
    assert (await steward(home, worker, headers, HOME))["here"] == "ACTING"
    await correspond(home, host)  # the host hears of it, later
    await yields(host, worker, 2)
    await correspond(home, host)
    assert (await steward(home, worker, headers, HOME))["epoch"] == 3


async def _until_read(home: Registry, path: str, order: Any, headers: Any) -> Any:
    """A directory is looked at again within about a second."""
    for _ in range(40):
        answer = await home.client.post(path, json=order, headers=headers())
        if answer.status_code == 201:
            return answer.json()
        await asyncio.sleep(0.1)
    raise AssertionError(answer.text)


async def test_death_at_home_brings_the_worker_home(registries: Any, worker: str, headers: Any) -> None:
    home, host = registries.home, registries.host
    await handed_over(registries, worker)
    died = await home.client.post(
        f"/v1/workers/{worker}/death",
        json={"died_on": "2026-06-01", "evidence": "2026-9"},
        headers=headers("sun", office="registrar"),
    )
    assert died.status_code == 201
    await correspond(home, host)
    await yields(host, worker, 2)
    await correspond(home, host)
    assert (await steward(home, worker, headers, HOME))["epoch"] == 3


WORK = {
    "status": "EMPLOYED",
    "form": "ENTERPRISE",
    "region": "440306",
    "employer": "粤安电子厂",
    "contact": "13900001234",
}
HELD = "select count(*) from log.guards where scope = 'person' and holder = $1"


async def asked_at_work(registries: Any, headers: Any, survey: Any) -> Any:
    """The host's county surveys the guest; home has said who that is."""
    client, body = registries.host.client, survey(employment=WORK, surveyed_on="2026-05-02")
    waits = await client.post("/v1/surveys", json=body, headers=headers("li", region="440306"))
    assert waits.status_code == 202, waits.text
    await correspond(registries.home, registries.host)
    return await client.post("/v1/surveys", json=body, headers=headers("li", region="440306"))


async def test_a_guest_is_surveyed_and_heard_by_the_county_of_the_work_until_this_province_yields(
    registries: Any, worker: str, headers: Any, survey: Any
) -> None:
    home, host = registries.home, registries.host
    await handed_over(registries, worker)
    made = await asked_at_work(registries, headers, survey)
    assert (made.status_code, made.json()["worker"]) == (201, worker), made.text
    await host.run()
    reviewer, clerk = headers("chen", region="440306"), headers("wu", region="440306", office="clerk")
    waiting = await host.client.get("/v1/surveys?region=440306", headers=reviewer)
    assert [row["survey"] for row in waiting.json()["surveys"]] == [made.json()["survey"]]
    path, wishes = f"/v1/surveys/{made.json()['survey']}/approval", {"wishes": ["JOB"], "evidence": "2026-7"}
    assert (await host.client.post(path, headers=headers("chen", region="440105"))).status_code == 403
    assert (await host.client.post(path, headers=reviewer)).status_code == 201
    await host.run()
    assert (await host.client.post(f"/v1/workers/{worker}/wishes", json=wishes, headers=clerk)).status_code == 201
    again = survey(employment=WORK, surveyed_on="2026-06-02")
    later = await host.client.post("/v1/surveys", json=again, headers=headers("li", region="440306"))
    assert later.status_code == 201
    await ends(host, worker)
    await yields(host, worker, 2)
    await correspond(home, host)
    await yields(host, worker, 2)
    await correspond(home, host)
    assert (await steward(home, worker, headers, HOME))["here"] == "ACTING"
    shown = await host.client.get(f"/v1/stewardship/{worker}", headers=headers("chen", region=HOST))
    assert shown.status_code == 404  # home knows
    refused = [
        await host.client.post("/v1/surveys", json=again, headers=headers("li", region="440306")),
        await host.client.post(
            f"/v1/surveys/{later.json()['survey']}/approval", headers=headers("chen", region="440306")
        ),
        await host.client.post(
            f"/v1/workers/{worker}/wishes", json=wishes, headers=headers("wu", region="440306", office="clerk")
        ),
    ]
    for answer in refused:
        assert (answer.status_code, answer.json()["code"], answer.json()["steward"]) == (409, "not_steward", HOME)


async def test_a_guest_whom_this_province_does_not_hold_is_not_surveyed_here(
    registries: Any, worker: str, headers: Any, survey: Any
) -> None:
    refused = await asked_at_work(registries, headers, survey)
    assert (refused.status_code, refused.json()["code"], refused.json()["steward"]) == (409, "not_steward", HOME)


async def test_what_the_host_surveyed_goes_with_the_person(
    registries: Any, worker: str, headers: Any, survey: Any
) -> None:
    home, host = registries.home, registries.host
    await handed_over(registries, worker)
    made = (await asked_at_work(registries, headers, survey)).json()
    await host.client.post(f"/v1/surveys/{made['survey']}/approval", headers=headers("chen", region="440306"))
    way = {"transfer": "t-1", "worker": worker, "vacancy": "v-1", "home": "520526", "host": "440306"}
    await host.hear(AcceptedV1(**way, organisation="440306-hrss", to=(HOME,)), "reception-t-1")
    await correspond(home, host)
    assert await host.pool.fetchval(HELD, worker) == 1
    erased = await home.client.post(
        f"/v1/workers/{worker}/erasure",
        json={"ground": "PERSON_REQUEST"},
        headers=headers("zhou", office="privacy-officer"),
    )
    assert erased.status_code == 201, erased.text
    await correspond(home, host)
    assert await host.pool.fetchval(HELD, worker) == 0
    with pytest.raises(KeyGone):
        await host.vault.open(worker, "survey-x/1/name", "v1.AAAA")


async def test_a_death_that_is_recorded_where_the_guest_works_is_known_at_home(
    registries: Any, worker: str, headers: Any, survey: Any
) -> None:
    home, host = registries.home, registries.host
    await handed_over(registries, worker)
    made = (await asked_at_work(registries, headers, survey)).json()
    await host.client.post(f"/v1/surveys/{made['survey']}/approval", headers=headers("chen", region="440306"))
    await host.run()
    died = await host.client.post(
        f"/v1/workers/{worker}/death",
        json={"died_on": "2026-06-01", "evidence": "2026-9"},
        headers=headers("sun", office="registrar", region="440306"),
    )
    assert died.status_code == 201, died.text
    await correspond(home, host)
    (told,) = await home.said(WorkerDeceasedV1)
    assert (told.worker, told.died_on) == (worker, date(2026, 6, 1))
    await yields(host, worker, 2)
    await correspond(home, host)
    assert (await steward(home, worker, headers, HOME))["epoch"] == 3
