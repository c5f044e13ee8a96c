"""Students of a technical school over HTTP: admitted in the order of the priorities, looked after, seen, gone."""

import asyncio
from datetime import datetime
from typing import Any, Final

import pytest
from eventcore.clock import CLOCK, LEGAL
from eventcore.store import Order, handle
from eventcore.verify import verify
from served import Served
from training.app import SERVICE
from training_way import (
    COUNTY,
    OCCUPATION,
    OFFICE,
    OTHER_BASE,
    PLAN,
    TrainingWay,
    death,
    designation,
    done,
    found_to_be_one,
    worker,
)

REGION: Final = "520100"
EMPLOYER: Final = "91520102MA000007LP"


class School:
    """A key school with an intake: one place in an order class, two in another one."""

    def __init__(self, training: Served) -> None:
        self.training, self.way = training, TrainingWay(training)
        self.intake = ""

    async def file(self, **further: Any) -> Any:
        body = {
            "plan": PLAN,
            "region": REGION,
            "starts_on": "2026-09-01",
            "specialties": [
                {"occupation": OCCUPATION, "level": "3", "places": 1, "employer": EMPLOYER},
                {"occupation": OCCUPATION, "level": "4", "places": 2},
            ],
            "evidence": "筑技校〔2026〕3号",
            **further,
        }
        return await self.training.post("/v1/intakes", body, **self.way.institution)

    async def open(self) -> str:
        key: str = done(await self.file())["intake"]
        return key

    async def admit(self, intake: str, wishes: dict[int, list[int]]) -> Any:
        applicants = [
            {"worker": worker(n), "wishes": each, "chosen_on": "2026-07-10", "evidence": f"志愿表〔2026〕{n}号"}
            for n, each in wishes.items()
        ]
        return await self.training.post(f"/v1/intakes/{intake}/admissions", {"applicants": applicants}, **OFFICE)

    async def student(self, n: int, what: str, **body: Any) -> Any:
        return await self.training.post(f"/v1/students/{worker(n)}/{what}", body, **self.way.institution)

    async def look(self, month: str, *numbers: int) -> list[dict[str, Any]]:
        checks = [{"worker": worker(n), "month": month, "learning": "WELL", "living": "WELL"} for n in numbers]
        answer = await self.training.post("/v1/student-check-batches", {"checks": checks}, **self.way.institution)
        results: list[dict[str, Any]] = done(answer, 200)["results"]
        return results

    async def shown(self, path: str, **parameters: Any) -> dict[str, Any]:
        await self.training.catch_up()
        return await self.way.get(path, **{"region": REGION, **parameters})


@pytest.fixture
async def school(training: Served, monkeypatch: pytest.MonkeyPatch) -> School:
    """In October of the first school year."""
    monkeypatch.setattr(CLOCK, "offset", datetime(2026, 10, 15, 12, tzinfo=LEGAL) - datetime.now(LEGAL))
    found = School(training)
    await found.way.prepare()
    return found


async def ring(training: Served, n: int, name: str) -> None:
    """The timer of a student rings, whenever that is."""
    (alarm,) = SERVICE.alarms
    do = alarm.react(worker(n), name)
    await handle(training.store, do.decider, do.key, do.command, Order(id=f"timer/student-{worker(n)}/{name}"))


async def test_students_go_from_their_wishes_to_graduation(school: School) -> None:
    training = school.training
    await training.tell(designation(1, "MIGRANT"), designation(2, "POOR_HOUSEHOLD"), designation(3))
    target = {"region": REGION, "of": "POOR_STUDENTS", "stated": 2000, "evidence": "赣人社〔2026〕1号"}
    done(await training.post(f"/v1/plans/{PLAN}/targets", target, **OFFICE))
    intake = await school.open()
    answer = done(await school.admit(intake, {1: [1, 2], 2: [1, 2], 3: [1], 4: [1]}))
    assert answer["free"] == {"1": 0, "2": 1}
    given = (await school.way.get(f"/v1/intakes/{intake}"))["given"]
    assert [(each["worker"], each["wish"], each["refused"]) for each in given] == [
        (worker(2), 1, None),
        (worker(1), 2, None),
        (worker(3), None, "intake_places_given_to_others"),
        (worker(4), None, "designation_missing"),
    ]
    await training.catch_up()
    due = await school.shown("/v1/students", due="2026-10")
    assert {each["worker"] for each in due["students"]} == {worker(1), worker(2)}
    for duty, staff in (("ONE_TO_ONE", "L-1"), ("MONTHLY_CHECK", "T-2")):
        done(await school.student(2, "mentors", duty=duty, staff=staff))
    taken = await school.student(1, "mentors", duty="ONE_TO_ONE", staff="L-1")
    assert (taken.status_code, taken.json()["code"]) == (409, "student_mentor_taken")
    assert [each["status"] for each in await school.look("2026-10", 2, 3)] == [201, 404]
    due = await school.shown("/v1/students", due="2026-10", poor=True)
    assert due["students"] == []
    posts = {"specialty": 1, "employer": EMPLOYER, "posts": 1, "starts_on": "2026-11-01", "ends_on": "2027-01-31"}
    posts["evidence"] = "实习协议〔2026〕1号"
    done(await training.post(f"/v1/intakes/{intake}/internships", posts, **school.way.institution))
    await training.catch_up()
    assert (await school.way.get(f"/v1/students/{worker(2)}"))["internship"]["employer"] == EMPLOYER
    done(await school.student(2, "graduation", graduated_on="2026-10-15", evidence="毕业〔2026〕1号"))
    done(await school.student(1, "leaving", left_on="2026-10-15", reason="OWN_WISH", evidence="学籍〔2026〕1号"))
    changes = await school.shown("/v1/student-changes")
    assert (changes["month"], changes["counted"]) == ("2026-10", {"ADMITTED": 2, "GRADUATED": 1, "LEFT": 1})
    plan = await school.way.get(f"/v1/plans/{PLAN}")
    assert [(each["target"]["of"], each["reached"]) for each in plan["targets"]] == [
        ("POOR_STUDENTS", {"enrolled": 1, "completed": 1})
    ]
    events = (await training.get("/v1/events", {"limit": 200}, office="follower")).json()
    said = [(each["type"].split(".")[3], each["data"]["worker"]) for each in events if "student-0" in each["subject"]]
    assert sorted(said) == sorted(
        [
            ("student-admitted", worker(1)),
            ("student-admitted", worker(2)),
            ("school-year-begun", worker(2)),
            ("student-graduated", worker(2)),
            ("student-left", worker(1)),
        ]
    )


async def test_of_two_schools_that_admit_a_worker_at_once_one_does(school: School) -> None:
    await school.training.tell(designation(1, "POOR_HOUSEHOLD"))
    intakes = [await school.open() for _ in range(6)]
    for answer in await asyncio.gather(*(school.admit(intake, {1: [1]}) for intake in intakes)):
        done(answer)
    rounds = [(await school.way.get(f"/v1/intakes/{intake}"))["given"] for intake in intakes]
    assert sorted(str(each["refused"]) for given in rounds for each in given) == [
        "None",
        *["student_at_a_school"] * 5,
    ]
    await school.training.catch_up()
    done(await school.student(1, "leaving", left_on="2026-10-15", reason="TRANSFERRED", evidence="学籍〔2026〕1号"))
    again = await school.open()
    assert done(await school.admit(again, {1: [1]}))["free"]["1"] == 0
    assert await verify(school.training.pool, SERVICE.deciders) == []


async def test_a_month_that_nobody_looked_at_is_shown_and_the_dead_are_no_students(school: School) -> None:
    training = school.training
    await training.tell(designation(1, "POOR_HOUSEHOLD"), designation(2, "POOR_HOUSEHOLD"))
    intake = await school.open()
    done(await school.admit(intake, {1: [1], 2: [2]}))
    await training.catch_up()
    rows = await training.pool.fetch("select stream_id, name from log.timers order by 1")
    assert [tuple(row) for row in rows] == [(f"student-{worker(n)}", "check/2026-10") for n in (1, 2)]
    await ring(training, 1, "check/2026-10")
    shown = await school.shown("/v1/students")
    assert {each["worker"]: each["missed"] for each in shown["students"]} == {worker(1): "2026-10", worker(2): None}
    await training.tell(death(2))
    shown = await school.shown("/v1/students")
    assert {each["worker"]: each["reason"] for each in shown["students"]} == {worker(1): None, worker(2): "DECEASED"}
    timers = await training.pool.fetchval("select string_agg(stream_id || name, ' ') from log.timers")
    assert timers == f"student-{worker(1)}check/2026-11"


async def test_schools_below_the_key_grade_take_no_part_and_nobody_sees_anothers_students(school: School) -> None:
    training = school.training
    await training.tell(designation(1))
    elsewhere = await school.file(region="440100")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "region_not_yours")
    intake = await school.open()
    done(await school.admit(intake, {1: [2]}))
    stranger: dict[str, Any] = {"office": "institution", "organisation": OTHER_BASE}
    await training.catch_up()
    for refused in (
        await training.get(f"/v1/intakes/{intake}", **stranger),
        await training.get(f"/v1/students/{worker(1)}", **stranger),
    ):
        assert (refused.status_code, refused.json()["code"]) == (403, "institution_not_yours")
    seen = done(await training.get("/v1/students", {"region": REGION}, **stranger), 200)
    assert seen["students"] == []
    county = {**OFFICE, "region": COUNTY}
    other = await training.get("/v1/students", {"region": REGION}, **county)
    assert (other.status_code, other.json()["code"]) == (403, "region_not_yours")
    below = {
        "grade": "BACKBONE",
        "scores": [{"criterion": each, "points": 60} for each in ("TEACHERS", "EQUIPMENT", "MANAGEMENT", "RESULTS")],
        "occupations": [OCCUPATION],
        "accredited_on": "2026-08-15",
        "evidence": "筑人社〔2026〕2号",
    }
    done(await training.post(f"/v1/institutions/{school.way.base}/accreditations", below, **OFFICE))
    for answer in (await school.file(), await school.admit(intake, {1: [1]})):
        assert (answer.status_code, answer.json()["code"]) == (409, "intake_not_a_key_school")


async def test_two_ids_of_one_person_who_are_both_at_school_are_listed_until_one_has_left(school: School) -> None:
    training = school.training
    await training.tell(designation(1, "MIGRANT"), designation(2), designation(3))
    done(await school.admit(await school.open(), {1: [2], 2: [2], 3: [1]}))
    assert (await school.shown("/v1/students", twice=True))["students"] == []
    await training.tell(found_to_be_one(1, 2))
    found = await school.shown("/v1/students", twice=True)
    assert [each["worker"] for each in found["students"]] == sorted([worker(1), worker(2)])
    assert found["stood_for"] == {worker(2): worker(1)}
    done(await school.student(2, "leaving", left_on="2026-10-15", reason="OWN_WISH", evidence="学籍〔2026〕2号"))
    assert (await school.shown("/v1/students", twice=True))["students"] == []
