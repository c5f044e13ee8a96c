"""Who works in another province is looked after there, while that one is responsible: over two registries on real
PostgreSQL."""

from datetime import date
from typing import Any

import pytest
from contracts.registry import WorkerDeathWithdrawnV1, WorkerDeceasedV1
from contracts.transfer import AcceptedV1
from draining import drain
from handing_over import ends, erased, handed_over, starts, steward, yields
from import_clerk import Clerk, counts
from made_rosters import HEADER, roster
from registry.app import works
from registry.vault import KeyGone
from two_registries import HOME, HOST, Registry, correspond

pytestmark = pytest.mark.postgres


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
    await erased(registries, worker, headers)
    assert await host.pool.fetchval(HELD, worker) == 0
    with pytest.raises(KeyGone):
        await host.vault.open(worker, "survey-x/1/name", "v1.AAAA")


async def test_a_death_that_is_recorded_where_the_guest_works_is_known_at_home_until_it_is_taken_back(
    registries: Any, worker: str, headers: Any
) -> None:
    """Nobody has surveyed them there."""
    home, host = registries.home, registries.host
    await handed_over(registries, worker)
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
    lives = await host.client.post(
        f"/v1/workers/{worker}/death-withdrawal",
        json={"evidence": "2026-10"},
        headers=headers("qian", office="registrar", region="440306"),
    )
    assert lives.status_code == 201, lives.text
    await correspond(home, host)
    (heard,) = await home.said(WorkerDeathWithdrawnV1)
    assert (heard.worker, heard.died_on) == (worker, date(2026, 6, 1))
    await yields(home, worker, 3)
    await correspond(home, host)
    again = await steward(host, worker, headers, HOST)
    assert (again["epoch"], again["here"]) == (4, "ACTING")  # the job had not ended


async def listed(host: Registry, headers: Any) -> list[tuple[str, str, str]]:
    await host.run()
    reviewer = headers("chen", region="440306")
    found = (await host.client.get("/v1/workers?region=440306", headers=reviewer)).json()["workers"]
    return [(row["worker"], row["household_region"], row["county"]) for row in found]


async def test_a_guest_is_in_the_list_of_the_county_of_the_work_while_this_province_is_responsible(
    registries: Any, worker: str, headers: Any, survey: Any
) -> None:
    host = registries.host
    await starts(host, worker)
    assert await listed(host, headers) == []  # home is responsible
    await handed_over(registries, worker)
    assert await listed(host, headers) == [(worker, "520526", "440306")]
    clerk = headers("wu", region="440306", office="clerk")
    wishes = {"wishes": ["VOCATIONAL_TRAINING"], "evidence": "2026-7"}
    assert (await host.client.post(f"/v1/workers/{worker}/wishes", json=wishes, headers=clerk)).status_code == 201
    made = (await asked_at_work(registries, headers, survey)).json()
    approval = f"/v1/surveys/{made['survey']}/approval"
    assert (await host.client.post(approval, headers=headers("chen", region="440306"))).status_code == 201
    assert await listed(host, headers) == [(worker, "520526", "440306")]
    await ends(host, worker)
    await yields(host, worker, 2)
    await correspond(registries.home, host)
    assert await listed(host, headers) == []


def named(**changes: str) -> bytes:
    """A roster with a line about the guest."""
    words = ("王秀英", "520599189003070024", "13800001234", "520526", "", "", "2026-05-03", "TOWNSHIP_GOVERNMENT")
    work = ("FIELD_SURVEY", "EMPLOYED", "ENTERPRISE", "440306", "粤安电子厂", "13900001234", "")
    return roster([dict(zip(HEADER, (*words, *work), strict=True)) | changes])


async def test_a_roster_names_a_guest_for_whom_this_province_is_responsible(
    registries: Any, worker: str, headers: Any, survey: Any
) -> None:
    home, host = registries.home, registries.host

    async def judged() -> None:
        (work,) = (each for each in works(host.settings, host.store) if each.name == "imports")
        await drain(host.pool, work)

    clerk = Clerk(host.client, headers, judged, region="440306")
    unknown = await clerk.imported(named())
    assert unknown["verdicts"] == counts(refused={"number_of_another_province": 1})
    await asked_at_work(registries, headers, survey)
    early = await clerk.imported(named(意愿="JOB"))
    assert early["verdicts"] == counts(refused={"not_steward": 1})
    (refused,) = await clerk.verdicts(early["import"])
    assert (refused["fields"], refused["columns"]) == (["number"], ["公民身份号码"])
    await handed_over(registries, worker)
    found = await clerk.imported(named(意愿="VOCATIONAL_TRAINING"))
    assert found["verdicts"] == counts(again=1)
    assert [each["worker"] for each in await clerk.verdicts(found["import"])] == [worker]
    elsewhere = Clerk(host.client, headers, judged, region="440105")
    assert (await elsewhere.imported(named(联系电话="13800001235")))["verdicts"] == counts(
        refused={"region_not_yours": 1}
    )
    idle = await clerk.imported(named(就业状态="UNEMPLOYED"))
    assert idle["verdicts"] == counts(refused={"region_of_another_province": 1})
    await correspond(home, host)
