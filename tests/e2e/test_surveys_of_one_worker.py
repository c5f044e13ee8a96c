"""What may become of one worker's surveys, as seen by the offices and, across services, by reporting."""

from typing import Any

import httpx
import pytest
from lb.people import Person, people

from tests.e2e.conftest import COUNTY
from tests.e2e.province import Province, today

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]

CITY = f"{COUNTY[:4]}00"


def public_id(survey: str, version: int, what: str) -> str:
    return f"survey-{survey}/{version}/cn.labourbridge.registry.survey-{what}.v1"


def record(province: Province, body: dict[str, Any]) -> httpx.Response:
    return province.registry.post("/v1/surveys", json=body, headers=province.headers("surveyor", COUNTY))


def recorded(province: Province, body: dict[str, Any]) -> dict[str, Any]:
    answer = record(province, body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def review(province: Province, survey: str, what: str, body: dict[str, str] | None = None) -> httpx.Response:
    headers = province.headers("reviewer", CITY)
    answer = province.registry.post(f"/v1/surveys/{survey}/{what}", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer


COUNTED = (
    *("surveys", "surveys_approved", "surveys_rejected", "surveys_pending", "surveys_invalidated"),
    *("persons_surveyed", "persons_approved"),
)


def funnel(province: Province, known: str) -> dict[str, int]:
    """The county's numbers of surveys as soon as reporting knows this public event."""
    page = {"region": COUNTY, "wait_for": known, "wait_seconds": "20"}
    answer = province.reporting.get("/v1/funnel", params=page, headers=province.headers("surveyor", COUNTY))
    assert answer.status_code == 200, answer.text
    total: dict[str, int] = answer.json()["total"]
    return {name: count for name, count in total.items() if name in COUNTED}


def more(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}


def test_who_has_just_written_sees_it_in_the_same_service_and_in_another(province: Province, person: Person) -> None:
    answer = record(province, person.survey())
    survey, worker = answer.json()["survey"], answer.json()["worker"]
    assert answer.headers["ETag"] == '"1"'
    page = {"region": COUNTY, "wait_for": answer.headers["Log-Position"], "limit": "200"}
    listed = province.registry.get("/v1/surveys", params=page, headers=province.headers("surveyor", COUNTY)).json()
    assert survey in {row["survey"] for row in listed["surveys"]}
    journey = province.reporting.get(
        f"/v1/workers/{worker}/journey",
        params={"wait_for": public_id(survey, 1, "recorded"), "wait_seconds": "20"},
        headers=province.headers("reviewer", CITY),
    )
    assert [step["step"] for step in journey.json()["steps"]] == ["SURVEY_RECORDED"]


def test_what_never_comes_is_waited_for_only_so_long(province: Province, sent: object) -> None:
    page = {"region": COUNTY, "wait_for": public_id("nowhere", 1, "recorded"), "wait_seconds": "0.2"}
    answer = province.reporting.get("/v1/funnel", params=page, headers=province.headers("surveyor", COUNTY))
    assert (answer.status_code, answer.json()["code"]) == (503, "not_yet_visible")
    assert answer.headers["Retry-After"] == "1"


def test_a_review_needs_the_version_that_it_names_and_another_person(province: Province, person: Person) -> None:
    survey = recorded(province, person.survey())["survey"]
    reviewer = province.headers("reviewer", CITY)
    path = f"/v1/surveys/{survey}/approval"
    stale = province.registry.post(path, headers=reviewer | {"If-Match": '"7"'})
    assert (stale.status_code, stale.json()["code"], stale.headers["ETag"]) == (412, "version_moved", '"1"')
    done = province.registry.post(path, headers=reviewer | {"If-Match": '"1"'})
    assert (done.status_code, done.json()["state"], done.headers["ETag"]) == (201, "approved", '"2"')
    undone = province.registry.post(
        f"/v1/surveys/{survey}/rejection", json={"reason": "NO_EVIDENCE"}, headers=province.headers("reviewer", CITY)
    )
    assert (undone.status_code, undone.json()["code"]) == (409, "survey_already_reviewed")


def test_an_invalidated_survey_is_made_again_and_counts_once(province: Province, person: Person) -> None:
    wrong = recorded(province, person.survey())
    review(province, wrong["survey"], "approval")
    before = funnel(province, f"worker-{wrong['worker']}/1/cn.labourbridge.registry.worker-registered.v1")
    review(province, wrong["survey"], "invalidation", {"reason": "OTHER_DATA"})
    void = funnel(province, public_id(wrong["survey"], 3, "invalidated"))
    assert more(before, void) == {
        "surveys": -1, "surveys_approved": -1, "surveys_invalidated": 1, "persons_surveyed": -1, "persons_approved": -1,
    }  # fmt: skip
    right = recorded(province, person.survey() | {"corrects": wrong["survey"]})
    assert right["worker"] == wrong["worker"]
    review(province, right["survey"], "approval")
    after = funnel(province, public_id(right["survey"], 2, "approved"))
    assert more(before, after) == {"surveys_invalidated": 1}
    again = record(province, person.survey() | {"corrects": wrong["survey"]})
    assert (again.status_code, again.json()["code"]) == (409, "survey_already_corrected")


def test_a_second_survey_of_a_known_number_is_of_the_same_worker(province: Province, person: Person) -> None:
    first = recorded(province, person.survey())
    before = funnel(province, public_id(first["survey"], 1, "recorded"))
    second = recorded(province, person.survey() | {"phone": "13900000000"})
    assert (second["worker"], second["survey"] != first["survey"]) == (first["worker"], True)
    after = funnel(province, public_id(second["survey"], 1, "recorded"))
    assert more(before, after) == {"surveys": 1, "surveys_pending": 1}


def test_a_number_of_another_province_is_refused_and_says_so(province: Province, person: Person) -> None:
    (stranger,) = people(1, 43, today=today(), counties=("510112",))
    answer = record(province, person.survey() | {"number": stranger.number})
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "number_of_another_province"


def test_personal_data_are_shown_for_a_purpose_and_that_is_recorded(province: Province, person: Person) -> None:
    survey = recorded(province, person.survey())["survey"]
    reviewer = province.headers("reviewer", CITY)
    path = f"/v1/surveys/{survey}/identity"
    shown = province.registry.post(path, json={"purpose": "SURVEY_AGAIN"}, headers=reviewer)
    assert shown.status_code == 201
    assert (shown.json()["name"], shown.json()["phone"]) == (person.name, person.phone)
    assert shown.json()["number"] == f"{person.number[:6]}{'*' * 8}{person.number[-4:]}"
    stream = f"disclosure-{shown.json()['disclosure']}"
    (event,) = province.fetch("registry", "select type, data from log.events where stream_id = $1", stream)
    assert event["type"] == "personal-data-disclosed"
    assert survey.encode() in event["data"]
