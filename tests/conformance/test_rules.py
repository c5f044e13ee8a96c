"""What the rules refuse is a problem with a stable code, stored with its answer, and changes nothing else."""

from dataclasses import replace
from typing import Any, Final

import pytest
from lb.people import people
from lb.tokens import sign_token

from tests.conformance.conftest import Known
from tests.conformance.counting import nothing_changes, rows
from tests.conformance.preparing import COUNTY
from tests.e2e.province import Province, today

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]

EMPLOYED: Final = {"status": "EMPLOYED", "form": "ENTERPRISE", "region": "440112", "contact": "13800000000"}


def refused(known: Known) -> dict[str, dict[str, Any]]:
    """Code of the refusal -> a survey that gets it."""
    body = known.strangers[-1].survey()
    (elsewhere,) = people(1, 45, today=today(), counties=("510112",))
    group = {"group": "MONITORED", "valid_from": "2022-01-01"}
    return {
        "number_of_another_province": body | {"number": elsewhere.number},
        "surveyed_in_future": body | {"surveyed_on": "2999-01-01"},
        "surveyed_before_birth": body | {"surveyed_on": "1901-01-01", "groups": []},
        "household_region_unknown": body | {"surveyed_on": "2009-01-01", "groups": []},
        "group_repeated": body | {"groups": [group, group]},
        "group_period_wrong": body | {"groups": [group | {"valid_to": "2021-01-01"}]},
        "work_region_unknown": body | {"employment": EMPLOYED | {"region": "110103", "employer": "某公司"}},
        "employer_missing": body | {"employment": EMPLOYED},
        "survey_not_invalidated": body | {"corrects": known.surveys[-1]},
    }


def test_every_refusal_is_a_problem_that_is_stored_and_given_again(province: Province, known: Known) -> None:
    wanted = refused(known)
    with nothing_changes(province):
        before = rows(province)["registry log.commands"]
        for code, body in wanted.items():
            headers = province.headers("surveyor", COUNTY)
            first, again = (province.registry.post("/v1/surveys", json=body, headers=headers) for _ in range(2))
            assert (first.status_code, first.json()["code"]) == (409, code)
            assert first.headers["content-type"] == "application/problem+json"
            assert (again.content, again.headers["Idempotent-Replayed"]) == (first.content, "true")
    assert rows(province)["registry log.commands"] == before + len(wanted)


def test_the_wrong_items_of_a_batch_change_nothing_and_the_others_are_carried_out(
    province: Province, known: Known
) -> None:
    wrong, right = refused(known), known.strangers[-2]
    mixed: list[Any] = [*wrong.values(), {"name": "x"}, 7, right.survey() | {"household_region": "520302"}]
    with nothing_changes(province):
        answer = province.registry.post(
            "/v1/survey-batches", json={"surveys": mixed}, headers=province.headers("surveyor", COUNTY)
        )
    verdicts = [(each["status"], each["answer"]["code"]) for each in answer.json()["results"]]
    expected = [(409, code) for code in wrong]
    assert verdicts == [*expected, (422, "request_invalid"), (422, "request_invalid"), (403, "region_not_yours")]
    answer = province.registry.post(
        "/v1/survey-batches", json={"surveys": [*mixed, right.survey()]}, headers=province.headers("surveyor", COUNTY)
    )
    assert [each["status"] for each in answer.json()["results"]][-1] == 201


def test_the_same_key_with_another_body_is_refused(province: Province, known: Known) -> None:
    headers = province.headers("surveyor", COUNTY)
    body = known.strangers[-3].survey()
    assert province.registry.post("/v1/surveys", json=body, headers=headers).status_code == 201
    with nothing_changes(province):
        answer = province.registry.post("/v1/surveys", json=body | {"phone": "13912345678"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")


def test_nobody_reviews_their_own_survey(province: Province, known: Known) -> None:
    body = known.strangers[-4].survey()
    survey = province.registry.post("/v1/surveys", json=body, headers=province.headers("surveyor", COUNTY)).json()
    bearer = replace(province.bearer("reviewer", COUNTY), subject=province.bearer("surveyor", COUNTY).subject)
    headers = province.headers("reviewer", COUNTY) | {
        "Authorization": f"Bearer {sign_token(province.deployment, bearer)}"
    }
    with nothing_changes(province):
        answer = province.registry.post(f"/v1/surveys/{survey['survey']}/approval", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "survey_own_review")
