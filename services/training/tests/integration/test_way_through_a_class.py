"""The whole way of trainees over HTTP: designated, chosen, seated, taught, completed or failed, archived."""

import hashlib
import io
import json
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from served import Served
from training_way import COUNTY, OFFICE, PLAN, TrainingWay, designation, done, worker


@pytest.fixture
async def way(training: Served) -> TrainingWay:
    found = TrainingWay(training)
    await found.prepare()
    return found


async def public(training: Served, kind: str = "enrolment") -> list[dict[str, Any]]:
    """All public events of the service of one kind of stream."""
    response = await training.get("/v1/events", {"limit": 200}, office="follower")
    events: list[dict[str, Any]] = json.loads(response.content)
    return [each for each in events if each["subject"].startswith(f"{kind}-")]


async def test_trainees_go_from_their_choice_to_a_completed_training(way: TrainingWay) -> None:
    training = way.training
    await training.tell(designation(1, "POOR_HOUSEHOLD"), designation(2), designation(3, "MIGRANT"))
    key = await way.open(capacity=4)
    assert [each["status"] for each in await way.choose([1, 2, 3], key)] == [201] * 3
    await training.catch_up()
    given = done(await training.post(f"/v1/classes/{key}/enrolment-rounds", **OFFICE), 200)
    assert [each["answer"]["worker"] for each in given["results"]] == [worker(1), worker(3), worker(2)]
    for day, present in enumerate(([1, 2, 3], [1, 2, 3], [1, 2], [1])):
        done(await way.hold(key, day, present))
    done(await way.close(key, {1: "PASSED", 2: "FAILED", 3: "PASSED"}))
    await training.catch_up()
    roster = await way.get(f"/v1/classes/{key}/roster")
    assert [(each["worker"], each["status"], each["reason"], each["minutes"]) for each in roster["trainees"]] == [
        (worker(1), "COMPLETED", None, 1440),
        (worker(3), "FAILED", "HOURS", 720),
        (worker(2), "FAILED", "TEST", 1080),
    ]
    said = [(each["type"].split(".")[3], each["data"]["worker"]) for each in await public(training)]
    assert sorted(said) == sorted(
        [
            *(("enrolled", worker(n)) for n in (1, 2, 3)),
            ("training-completed", worker(1)),
            ("training-failed", worker(2)),
            ("training-failed", worker(3)),
        ]
    )
    plan = await way.get(f"/v1/plans/{PLAN}")
    assert plan["reached"] == {"enrolled": 3, "completed": 1}


async def test_what_is_corrected_after_the_end_says_whether_it_is_completed(way: TrainingWay) -> None:
    training = way.training
    await training.tell(designation(1))
    key = await way.open()
    await way.choose([1], key)
    done(await way.enrol(1, key))
    for day in range(3):
        done(await way.hold(key, day, [1]))
    done(await way.close(key, {1: "PASSED"}))
    await training.catch_up()
    body = {
        "session": 3,
        "attendance": [{"worker": worker(1), "minutes": 0}],
        "evidence": "核查〔2026〕2号",
    }
    refused = await training.post(f"/v1/classes/{key}/corrections", body, **way.institution)
    assert (refused.status_code, refused.json()["code"]) == (409, "class_closed_for_institution")
    done(await training.post(f"/v1/classes/{key}/corrections", body, **OFFICE))
    await training.catch_up()
    corrected = (await public(training))[-1]
    assert corrected["data"] == {
        "worker": worker(1),
        "training_class": key,
        "corrects": f"enrolment-{worker(1)}/4",
        "minutes": 720,
        "attended_days": 2,
        "completed": False,
        "organisation": "hr-520000",
    }
    record = await way.get(f"/v1/workers/{worker(1)}/training")
    assert [(each["status"], each["reason"]) for each in record["classes"]] == [("FAILED", "HOURS")]


async def test_an_archive_is_four_files_that_open_and_are_the_same_again(way: TrainingWay) -> None:
    training = way.training
    await training.tell(designation(1))
    key = await way.open()
    await way.choose([1], key)
    done(await way.enrol(1, key))
    early = await training.post(f"/v1/classes/{key}/archive", **way.institution)
    assert (early.status_code, early.json()["code"]) == (409, "class_not_closed")
    for day in range(3):
        done(await way.hold(key, day, [1]))
    done(await way.close(key, {1: "PASSED"}))
    waits = await training.post(f"/v1/classes/{key}/archive", **way.institution)
    assert (waits.status_code, waits.json()["code"]) == (409, "archive_incomplete")
    await training.catch_up()
    done(await training.post(f"/v1/classes/{key}/archive", **way.institution))
    for document in ("registration", "roster", "assessment", "placement"):
        path = f"/v1/classes/{key}/archive/{document}"
        one, other = [await training.get(path, **OFFICE) for _ in range(2)]
        assert one.headers["etag"] == other.headers["etag"] == f'"{hashlib.sha256(one.content).hexdigest()}"'
        rows = CalamineWorkbook.from_filelike(io.BytesIO(one.content)).get_sheet_by_index(0).to_python()
        assert rows[5][1] == worker(1)
    again = await training.post(f"/v1/classes/{key}/archive", **way.institution)
    assert again.status_code == 200, "nothing has changed"


async def test_a_revoked_institution_opens_no_class_and_its_trainees_are_listed(way: TrainingWay) -> None:
    training = way.training
    await training.tell(designation(1), designation(2))
    waiting, running = done(await way.file())["training_class"], await way.open()
    await way.choose([1, 2], running)
    done(await way.enrol(1, running))
    done(await way.revoke())
    for refused in (
        await way.file(),
        await training.post(f"/v1/classes/{waiting}/approval", **OFFICE),
        await way.enrol(2, running),
    ):
        assert (refused.status_code, refused.json()["code"]) == (409, "institution_revoked")
    await training.catch_up()
    concerned = await way.get(f"/v1/institutions/{way.base}/trainees-concerned")
    assert concerned["ground"] == "FUNDS"
    assert [each["worker"] for each in concerned["trainees"]] == [worker(1)]
    listed = await way.get("/v1/classes", region=COUNTY)
    assert {each["institution_revoked_on"] for each in listed["classes"]} == {"2026-09-01"}
    assert [each["taken"] for each in listed["classes"]] == [0, 1]
    assert (await way.get("/v1/classes", region=COUNTY, only_open=True))["classes"] == []
    before = done(await training.get("/v1/institutions", {"on": "2026-08-31"}), 200)
    after = done(await training.get("/v1/institutions", {"on": "2026-09-01"}), 200)
    assert ([each["institution"] for each in before["institutions"]], after["institutions"]) == ([way.base], [])


async def test_nobody_acts_for_another_institution(way: TrainingWay) -> None:
    key = await way.open()
    stranger: dict[str, Any] = {"office": "institution", "organisation": "915201030000000001"}
    for refused in (
        await way.training.get(f"/v1/classes/{key}/roster", **stranger),
        await way.training.post(f"/v1/classes/{key}/enrolments", {"worker": worker(1)}, **stranger),
    ):
        assert (refused.status_code, refused.json()["code"]) == (403, "institution_not_yours")
    unknown = await way.training.get(f"/v1/workers/{worker(9)}/training", **OFFICE)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")
    elsewhere = await way.training.get(f"/v1/classes/{key}", office="training-officer", region="520300")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "region_not_yours")


async def test_completions_of_a_revoked_institution_count_no_more_from_the_day_that_is_said(way: TrainingWay) -> None:
    training = way.training
    await training.tell(designation(1))
    key = await way.open()
    await way.choose([1], key)
    done(await way.enrol(1, key))
    for day in range(3):
        done(await way.hold(key, day, [1]))
    done(await way.close(key, {1: "PASSED"}))
    done(await way.revoke(void_from="2026-04-15"))
    await training.catch_up()
    assert (await way.get(f"/v1/plans/{PLAN}"))["reached"] == {"enrolled": 1, "completed": 0}
    concerned = await way.get(f"/v1/institutions/{way.base}/trainees-concerned")
    assert [each["status"] for each in concerned["trainees"]] == ["COMPLETED"]


async def test_of_a_class_others_learn_who_teaches_it_and_nothing_else(way: TrainingWay) -> None:
    key = await way.open()
    (told,) = await public(way.training, "class")
    assert (told["type"], told["subject"]) == ("cn.labourbridge.training.class-filed.v1", f"class-{key}")
    assert told["data"]["teachers"] == ["T-1"]
    assert not any(word in str(told["data"]) for word in ("venue", "lessons", "capacity"))


async def test_what_is_urgently_short_is_public_as_of_a_day(training: Served) -> None:
    asked = {"region": "520526", "on": "2026-06-01"}
    found = done(await training.get("/v1/shortage-occupations", asked, office="follower"), 200)
    assert [each["region"] for each in found["occupations"]] == ["520000", "520000", "520500"]
    later = done(await training.get("/v1/shortage-occupations", asked | {"on": "2027-06-01"}, office="follower"), 200)
    assert [each["occupation"] for each in later["occupations"]] == ["2022/6-29-01-04"]
