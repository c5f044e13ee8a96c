"""Nobody sends `traceparent`, and yet parents and links alone lead from what reporting did to the survey's request."""

from collections.abc import Iterable, Mapping

import pytest
from lb.people import Person

from tests.e2e.collector import Span, SpanId
from tests.e2e.conftest import COUNTY
from tests.e2e.province import REGION, Province, until
from tests.e2e.sent import Sent

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]

TOLD = 8.0
"""Seconds in which every process has told of its spans: they do once a second."""
STEPS = ("survey-recorded", "survey-approved", "worker-registered")


def reached(start: Iterable[Span], spans: Mapping[SpanId, Span]) -> list[Span]:
    """Every span to which parents and links lead."""
    found: dict[SpanId, Span] = {}
    waiting = list(start)
    while waiting:
        span = waiting.pop()
        if span.id not in found:
            found[span.id] = span
            waiting += [spans[id] for id in span.leads_to if id in spans]
    return list(found.values())


def applied(province: Province, worker: str, type: str) -> tuple[int, str]:
    """Position in reporting's log of a worker's fact of this public type, and the view that applied it."""
    tables = province.fetch("reporting", "select tablename from pg_tables where tablename like 'journey\\_%'")
    (table,) = (row["tablename"] for row in tables)
    statement = f'select position from views."{table}" where worker = $1 and event like $2'  # noqa: S608
    (row,) = province.fetch("reporting", statement, worker, f"%/cn.labourbridge.{type}.v1")
    return row["position"], f"view/{table}"


def who_applied(province: Province, position: int, reader: str) -> list[Span]:
    """Reporting's spans that say that they applied what lies at this position: one, or more where it had many links."""
    return [
        span
        for span in province.collector.spans()
        if span.service == "reporting"
        and span.name == reader
        and int(span.attributes["log.after"]) < position <= int(span.attributes["log.until"])
    ]


@pytest.fixture
def surveyed(province: Province, person: Person) -> tuple[str, str]:
    """Worker and survey: recorded by one request, approved by another, registered by the policy. Between the two
    everything is applied, so that no span has to do with both by chance."""
    recorded = province.registry.post(
        "/v1/surveys", json=person.survey(), headers=province.headers("surveyor", COUNTY)
    ).json()
    province.settle()
    path = f"/v1/surveys/{recorded['survey']}/approval"
    assert province.registry.post(path, headers=province.headers("reviewer", REGION)).status_code == 201
    province.settle()
    return recorded["worker"], recorded["survey"]


def request_of(survey: str, worker: str, province: Province) -> SpanId:
    """The span of the request that brought this survey: the journey names its trace, and it began that."""
    reader = province.headers("reviewer", REGION)
    journey = province.reporting.get(f"/v1/workers/{worker}/journey", headers=reader).json()
    (trace,) = (step["trace_id"] for step in journey["steps"] if step["step"] == "SURVEY_RECORDED")
    (root,) = until(
        lambda: [span for span in province.collector.spans() if span.is_root and span.id[0] == trace],
        f"the request that recorded {survey} has told of itself",
    )
    assert (root.service, root.name) == ("registry", "POST /v1/surveys")
    return root.id


@pytest.mark.parametrize("step", STEPS)
def test_from_reporting_one_gets_to_the_request_of_the_survey(
    province: Province, sent: Sent, surveyed: tuple[str, str], step: str
) -> None:
    worker, survey = surveyed
    position, reader = applied(province, worker, f"registry.{step}")
    request = request_of(survey, worker, province)

    def leads_there() -> bool:
        spans = {span.id: span for span in province.collector.spans()}
        return request in {span.id for span in reached(who_applied(province, position, reader), spans)}

    until(leads_there, f"{reader} at {position} leads to the request of the survey", TOLD)
    spans = {span.id: span for span in province.collector.spans()}
    others = [span for span in spans.values() if span.name == "POST /v1/survey-batches"]
    assert others
    assert request not in {span.id for span in reached(others, spans)}


def test_every_request_of_a_person_began_a_trace_of_its_own(province: Province, surveyed: tuple[str, str]) -> None:
    requests = [span for span in province.collector.spans() if span.name.startswith(("GET /", "POST /"))]
    assert {span.service for span in requests} >= {"registry", "reporting"}
    assert all(span.is_root for span in requests)
    assert len({span.id[0] for span in requests}) == len(requests)


def test_spans_hold_no_texts_of_requests(province: Province, sent: Sent) -> None:
    said = {str(value) for span in province.collector.spans() for value in span.attributes.values()}
    people = {text for each in sent.recorded for text in (each.person.name, each.person.number, each.person.phone)}
    assert not [value for value in said if any(text in value for text in people)]
