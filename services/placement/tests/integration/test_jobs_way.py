"""Jobs over HTTP and on a real log: hired, confirmed, followed up, lost; and what home knows of jobs elsewhere."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from contracts.certification import CertificateRevokedV1
from eventcore.call import Outcome
from eventcore.clock import legal_day
from eventcore.database import Unavailable, connect
from eventcore.rebuild import rebuild
from eventcore.store import Order, handle
from eventcore.verify import verify
from lb.local.databases import MakeDatabase
from placement.app import PROGRAM
from placement.jobs import wiring
from served import Served, serving
from working import (
    CITY,
    CLASS,
    FACTORY,
    HOME,
    SHENZHEN,
    TRAINER,
    WELDER,
    Office,
    certified,
    done,
    registered,
    said_to,
    told,
    trained,
    worker,
)


@pytest.fixture
async def host(placement_template: str, postgres_database: MakeDatabase, tmp_path: Path) -> AsyncIterator[Served]:
    """The same service in the province of the work."""
    folder = tmp_path / "host"
    folder.mkdir()
    database = postgres_database(template=placement_template)
    async with serving(PROGRAM, database, folder, region="440000") as served:
        yield served


async def rung(service: Served, category: str, n: int) -> None:
    """The timer of a worker's stream rings, whenever that is."""
    stream = f"{category}-{worker(n)}"
    name = await service.pool.fetchval("select name from log.timers where stream_id = $1", stream)
    (alarm,) = [each for each in wiring.ALARMS if each.category == category]
    do = alarm.react(worker(n), name)
    await handle(service.store, do.decider, do.key, do.command, Order(id=f"timer/{stream}"))
    await service.catch_up()


def revoked(n: int) -> CertificateRevokedV1:
    return CertificateRevokedV1(
        certificate=f"c{n}",
        worker=worker(n),
        kind="SKILL_LEVEL",
        occupation=WELDER,
        level="5",
        corrects=f"certificate-c{n}/1",
        revoked_on=date(2026, 4, 1),
        reason="FRAUD",
        organisation="hr-520100",
    )


async def test_a_listed_occupation_is_checked_before_and_at_the_hiring(placement: Served) -> None:
    office = Office(service=placement, county=CITY)
    await placement.tell(registered(1))
    asked = {"worker": worker(1), "occupation": WELDER, "region": CITY, "on": "2026-03-02"}
    hiring = office.hiring(1, "2026-03-02", occupation=WELDER)
    before = await office.get("/v1/admission-checks", **asked)
    assert (before["needed"], before["admitted"], before["illustrative"]) == (True, False, True)
    refused = await office.factory("/v1/employments", hiring)
    assert (refused.status_code, refused.json()["code"]) == (409, "admission_certificate_missing")
    await placement.tell(certified(1), told(revoked(1), "certificate-c1", 2))
    assert (await office.get("/v1/admission-checks", **asked))["certificates"] == ["c1"]
    assert not (await office.get("/v1/admission-checks", **asked | {"on": "2026-04-01"}))["admitted"]
    job = done(await office.factory("/v1/employments", hiring))
    shown = await office.get(f"/v1/employments/{job['employment']}")
    assert (shown["started_on"], shown["terms"]["home"]) == ("2026-03-02", HOME)


async def test_who_works_without_the_certificate_that_the_work_needs_is_listed(placement: Served) -> None:
    office = Office(service=placement, county=CITY)
    await placement.tell(*(each for n in (1, 2, 3) for each in (registered(n), certified(n))))
    welding, labouring = office.hiring(1, "2026-03-02", occupation=WELDER), office.hiring(3, "2026-03-02")
    job = done(await office.factory("/v1/employments", welding))["employment"]
    done(await office.factory("/v1/employments", office.hiring(2, "2026-03-02", occupation=WELDER)))
    done(await office.factory("/v1/employments", labouring))
    await placement.catch_up()
    assert (await office.get("/v1/certificate-gaps", region=CITY))["gaps"] == []
    await placement.tell(told(revoked(1), "certificate-c1", 2))
    (gap,) = (await office.get("/v1/certificate-gaps", region=CITY))["gaps"]
    assert (gap["employment"], gap["worker"], gap["illustrative"]) == (job, worker(1), True)
    done(await office.factory(f"/v1/employments/{job}/end", {"ended_on": "2026-04-05", "reason": "RESIGNED"}))
    await placement.catch_up()
    assert (await office.get("/v1/certificate-gaps", region=CITY))["gaps"] == []


async def test_a_job_is_kept_by_its_employer_and_its_county_alone(placement: Served) -> None:
    office = Office(service=placement, county=CITY)
    await placement.tell(registered(1))
    job = await office.hired(1, "2026-03-02")
    month = {"month": "2026-03", "days": 20, "wage": 520_000, "insured": True}
    stranger = await office.post(f"/v1/employments/{job}/months", month, office="employer", organisation=TRAINER)
    assert stranger.status_code == 404
    elsewhere = await office.post(f"/v1/employments/{job}/months", month, region="520500")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "region_not_yours")
    first = await office.service.post(
        f"/v1/employments/{job}/months", month, key="m3", office="placement-officer", region=CITY
    )
    again = await office.service.post(
        f"/v1/employments/{job}/months", month, key="m3", office="placement-officer", region=CITY
    )
    assert (first.status_code, again.content, again.headers["idempotent-replayed"]) == (201, first.content, "true")
    results = await office.confirmed(job, ["2026-03", "2026-02", "2026-04"])
    assert [each["status"] for each in results] == [200, 409, 201]
    late = await office.factory(f"/v1/employments/{job}/end", {"ended_on": "2026-04-05", "reason": "RESIGNED"})
    assert late.json()["code"] == "months_confirmed_after_end"
    page = await office.get("/v1/employments", region=CITY, worker=worker(1))
    assert [(each["employment"], each["last_month"]) for each in page["employments"]] == [(job, "2026-04")]


async def test_of_sixteen_hirings_of_one_worker_by_one_employer_one_succeeds(placement: Served) -> None:
    office = Office(service=placement, county=CITY)
    await placement.tell(registered(1))
    hiring = office.hiring(1, "2026-03-02")
    answers = await asyncio.gather(*(office.factory("/v1/employments", hiring) for _ in range(16)))
    assert sorted(each.status_code for each in answers) == [201] + [409] * 15
    assert {each.json().get("code") for each in answers} == {None, "employment_exists"}


async def test_who_loses_the_last_job_is_registered_at_once_and_helped_until_the_next(placement: Served) -> None:
    office = Office(service=placement, county=CITY)
    await placement.tell(registered(1))
    job = await office.hired(1, "2026-03-02")
    visit = {"made_on": "2026-04-03", "kind": "CALL", "finding": "AT_WORK", "evidence": "回访〔2026〕3号"}
    made = done(await office.post(f"/v1/workers/{worker(1)}/visits", visit, office="stationed-office"))
    assert made["next_visit_on"] == "2026-07-02"
    await office.ended(job, "2026-05-01")
    (lost,) = (await office.get("/v1/job-losses", region=CITY))["workers"]
    assert (lost["lost_on"], lost["case_worker"]) == ("2026-05-01", None)
    assert lost["unemployed_on"] >= "2026-05-01"
    done(await office.post(f"/v1/workers/{worker(1)}/helper", {"case_worker": "T-1023"}))
    await placement.catch_up()
    assert (await office.get("/v1/job-losses", region=CITY))["workers"][0]["case_worker"] == "T-1023"
    await office.hired(1, "2026-06-01")
    assert (await office.get("/v1/job-losses", region=CITY))["workers"] == []
    followed = await office.get(f"/v1/workers/{worker(1)}/follow-up")
    assert (followed["unemployed_on"], followed["case_worker"]) == (None, None)


async def test_a_visit_that_nobody_made_is_shown_with_its_age(placement: Served) -> None:
    office = Office(service=placement, county=CITY)
    await placement.tell(registered(1))
    await office.hired(1, "2026-03-02")
    await rung(placement, "follow-up", 1)
    (waits,) = (await office.get("/v1/visits-due", region=CITY))["workers"]
    assert (waits["worker"], waits["days"]) == (worker(1), -30)  # it rang before its time


async def test_after_a_restore_nobody_is_visited_or_helped_until_the_provinces_agree(placement: Served) -> None:
    office = Office(service=placement, county=CITY)
    await placement.tell(registered(1))
    await office.hired(1, "2026-03-02")
    await placement.pool.execute("insert into log.pairs (region, agreed) values ('440000', 'before-the-restore')")
    answer = await office.post(f"/v1/workers/{worker(1)}/helper", {"case_worker": "T-1023"})
    assert (answer.status_code, answer.json()["code"]) == (503, "border_not_agreed")
    await placement.pool.execute("update log.pairs set agreed = (select incarnation from log.head)")
    done(await office.post(f"/v1/workers/{worker(1)}/helper", {"case_worker": "T-1023"}))


async def test_after_a_restore_no_loss_is_registered_until_the_provinces_agree(placement: Served) -> None:
    office = Office(service=placement, county=CITY)
    await placement.tell(registered(1))
    job = await office.hired(1, "2026-03-02")
    await placement.pool.execute("insert into log.pairs (region, agreed) values ('440000', 'before-the-restore')")
    with pytest.raises(Unavailable):
        await office.ended(job, "2026-05-01")
    lost = "select count(*) from log.events where type = 'unemployment-registered'"
    assert await placement.pool.fetchval(lost) == 0
    await placement.pool.execute("update log.pairs set agreed = (select incarnation from log.head)")
    await placement.catch_up()
    assert await placement.pool.fetchval(lost) == 1


async def test_a_trainer_owes_work_until_the_first_job_and_may_delegate(placement: Served) -> None:
    office = Office(service=placement, county=CITY)
    await placement.tell(registered(1), trained(1))
    asked = {"office": "institution", "organisation": TRAINER, "region": "520123"}
    page = done(await placement.get("/v1/placement-duties", {"region": "520123", "institution": TRAINER}, **asked), 200)
    assert [(each["worker"], each["delegate"]) for each in page["duties"]] == [(worker(1), None)]
    path = f"/v1/workers/{worker(1)}/placement-duties/{CLASS}/delegation"
    body = {"delegate": FACTORY, "kind": "LABOUR_DISPATCH", "evidence": "委托书〔2026〕3号"}
    assert (await placement.post(path, body, **asked | {"organisation": FACTORY})).status_code == 404
    assert done(await placement.post(path, body, **asked))["delegates"] == {CLASS: FACTORY}
    await office.hired(1, "2026-03-02")
    page = done(await placement.get("/v1/placement-duties", {"region": "520123", "institution": TRAINER}, **asked), 200)
    assert page["duties"] == []


async def test_home_knows_the_jobs_of_its_workers_in_another_province(placement: Served, host: Served) -> None:
    here, there = Office(service=placement, county=HOME), Office(service=host, county=SHENZHEN)
    await placement.tell(registered(1))
    missing = await there.factory("/v1/employments", there.hiring(1, "2026-01-05"))
    assert missing.json()["code"] == "home_of_worker_missing"
    job = await there.hired(1, "2026-01-05", home=HOME)
    await there.confirmed(job, [f"2026-{month:02}" for month in range(1, 9)])
    await there.confirmed(job, ["2026-08"], days=3)
    await there.ended(job, "2026-09-01")
    (lost,) = (await there.get("/v1/job-losses", region=SHENZHEN))["workers"]
    assert lost["unemployed_on"] is None  # the host was never responsible
    letters = await said_to(host, "520000")
    await placement.tell(*letters, *letters, said_in="440000")
    career = await here.get(f"/v1/workers/{worker(1)}/career")
    assert [(each["job"]["told_by"], each["ended_on"]) for each in career["jobs"]] == [("440000", "2026-09-01")]
    assert (career["months"][-1]["days"], sum(each["wage"] for each in career["months"])) == (3, 8 * 520_000)
    assert [len(each["counting"]) for each in career["years"]] == [7]
    followed = await here.get(f"/v1/workers/{worker(1)}/follow-up")
    assert (followed["lost_on"], followed["jobs"]) == ("2026-09-01", [])
    assert followed["unemployed_on"] is not None


async def test_who_works_stably_and_who_cannot_any_more_is_listed_by_home(placement: Served) -> None:
    office, home = Office(service=placement, county=CITY), Office(service=placement, county=HOME)
    await placement.tell(registered(1), registered(2))
    job = await office.hired(1, "2023-01-02")
    await office.hired(2, "2024-01-08")
    await office.confirmed(job, [f"{year}-{month:02}" for year in (2023, 2024, 2025) for month in range(1, 9)])
    (stable,) = (await home.get("/v1/careers", region=HOME))["workers"]
    assert (stable["worker"], stable["reached_on"], stable["alerts"]) == (worker(1), "2025-08-31", [])
    assert (await home.get("/v1/careers", region=HOME, at_risk_in=2024))["workers"] == []  # over when it became known
    await rung(placement, "career", 2)
    (alerted,) = (await home.get("/v1/careers", region=HOME, at_risk_in=legal_day().year))["workers"]
    assert (alerted["worker"], alerted["reached"]) == (worker(2), None)
    assert (await home.get(f"/v1/workers/{worker(1)}/career"))["reached_years"] == [2023, 2024, 2025]


async def test_only_the_province_of_the_work_tells_of_a_job(placement: Served, host: Served) -> None:
    here, there = Office(service=placement, county=HOME), Office(service=host, county=SHENZHEN)
    await placement.tell(registered(1))
    await there.hired(1, "2026-01-05", home=HOME)
    letters = await said_to(host, "520000")
    await placement.tell(*letters, said_in="330000")
    answer = await placement.get(f"/v1/workers/{worker(1)}/career", office="placement-officer", region=HOME)
    assert answer.status_code == 404
    refused = await placement.pool.fetch("select id from log.commands where outcome = $1", Outcome.REFUSED)
    assert [each["id"].split("/")[1] for each in refused] == ["when_a_job_is_told_of_note_it_in_the_career"]
    await placement.tell(*letters, said_in="440000")
    assert len((await here.get(f"/v1/workers/{worker(1)}/career"))["jobs"]) == 1


async def test_jobs_are_built_anew_as_they_are(
    placement_template: str, postgres_database: MakeDatabase, tmp_path: Path
) -> None:
    database = postgres_database(template=placement_template)
    async with serving(PROGRAM, database, tmp_path) as served:
        office = Office(service=served, county=CITY)
        await served.tell(registered(1), certified(1), trained(1))
        job = await office.hired(1, "2026-03-02", occupation=WELDER)
        await office.confirmed(job, ["2026-03", "2026-04"])
        await office.ended(job, "2026-05-01")
        tables = [f'table views."{view.name}" order by 1' for view in wiring.VIEWS]
        before = [await served.pool.fetch(table) for table in tables]
        owner = await connect(database)
        try:
            for view in wiring.VIEWS:
                await rebuild(owner, view, PROGRAM.service.pages_of(owner, view))
        finally:
            await owner.close()
        assert [len(rows) for rows in before] == [1, 1, 1, 1]
        assert [await served.pool.fetch(table) for table in tables] == before
        assert await verify(served.pool, PROGRAM.service.deciders) == []
