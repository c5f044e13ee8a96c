"""Offices of two counties survey and review; reporting, which hears of it through Kafka alone, has to agree."""

import pytest

from tests.e2e.province import REGION, Province
from tests.e2e.sent import COUNTIES, WORKERS, Sent

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]


def test_a_batch_that_is_sent_twice_is_answered_twice_with_the_same_bytes(sent: Sent) -> None:
    assert all(again.content == first.content for first, again in sent.answers)
    assert {first.headers.get("Idempotent-Replayed") for first, _ in sent.answers} == {None}
    assert {again.headers["Idempotent-Replayed"] for _, again in sent.answers} == {"true"}
    assert len({each.worker for each in sent.recorded}) == len({each.survey for each in sent.recorded}) == WORKERS


@pytest.mark.parametrize("county", COUNTIES)
def test_the_funnel_of_a_county_is_what_its_offices_sent(province: Province, sent: Sent, county: str) -> None:
    reader = province.headers("reviewer", f"{county[:4]}00")
    answer = province.reporting.get("/v1/funnel", params={"region": county}, headers=reader)
    assert answer.status_code == 200
    assert sent.expected(county).differences(answer.json()) == []
    assert answer.json()["total"]["surveys"] == WORKERS // 2
    assert answer.json()["total"]["surveys_pending"] == WORKERS // 2 // 6
    assert answer.json()["parked_streams"] == 0


def test_a_county_sees_its_own_numbers_only(province: Province, sent: Sent) -> None:
    neighbour = province.headers("surveyor", COUNTIES[1])
    answer = province.reporting.get("/v1/funnel", params={"region": COUNTIES[0]}, headers=neighbour)
    assert (answer.status_code, answer.json()["code"]) == (403, "region_not_yours")


def test_a_journey_names_the_trace_of_every_step(province: Province, sent: Sent) -> None:
    approved = next(each for each in sent.recorded if each.survey in sent.approved)
    reader = province.headers("reviewer", REGION)
    journey = province.reporting.get(f"/v1/workers/{approved.worker}/journey", headers=reader).json()
    assert journey["state"] == "REGISTERED"
    traces = {step["step"]: step["trace_id"] for step in journey["steps"]}
    assert traces.keys() == {"SURVEY_RECORDED", "SURVEY_APPROVED", "WORKER_REGISTERED"}
    assert traces["SURVEY_APPROVED"] == traces["WORKER_REGISTERED"] != traces["SURVEY_RECORDED"]
    assert {len(bytes.fromhex(trace)) for trace in traces.values()} == {16}


def test_what_waits_for_review_is_listed_in_the_county_of_the_worker(province: Province, sent: Sent) -> None:
    waiting = {each.survey for each in sent.recorded} - sent.approved - sent.rejected
    listed: set[str] = set()
    for county in COUNTIES:
        reviewer = province.headers("reviewer", f"{county[:4]}00")
        page: dict[str, str | int] = {"region": county, "limit": 2}
        while True:
            answer = province.registry.get("/v1/surveys", params=page, headers=reviewer).json()
            listed |= {row["survey"] for row in answer["surveys"]}
            if answer["next"] is None:
                break
            page["cursor"] = answer["next"]
    assert listed == waiting
