"""From what the bank answered, parents and links alone lead back over every service to the survey."""

import pytest

from tests.e2e.collector import Span, SpanId
from tests.e2e.province import Province, until
from tests.e2e.sent import Sent
from tests.e2e.test_one_trace import TOLD, reached, request_of
from tests.e2e.yuan import Yuan

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]

WAY = {
    ("registry", "POST /v1/surveys"),
    ("registry", "POST /v1/surveys/{survey}/approval"),
    ("training", "POST /v1/classes/{training_class}/closing"),
    ("certification", "POST /v1/assessments/{assessment}/scores"),
    ("certification", "POST /v1/assessments/{assessment}/confirmation"),
    ("subsidy", "POST /v1/decision-batches"),
    ("subsidy", "POST /v1/payment-batches/{batch}/approvals"),
}
"""(service, request) that a payment rests on."""


def answered(province: Province, claim: str) -> SpanId:
    """The span that caused the payment's end: the taking of the bank's file."""
    statement = "select metadata ->> 'trace' as trace from log.readable where type = $1 and data ->> 'claim' = $2"
    (row, *_) = province.fetch("subsidy", statement, "payment-executed", claim)
    _, trace, span, _ = row["trace"].split("-")
    return trace, span


def rests_on(province: Province, start: SpanId) -> dict[SpanId, Span]:
    spans = {span.id: span for span in province.collector.spans()}
    return {span.id: span for span in reached([spans[start]], spans)} if start in spans else {}


def test_the_bank_s_answer_leads_back_to_the_survey_over_every_service(
    province: Province, sent: Sent, yuan: Yuan
) -> None:
    claim = next(each for each in yuan.decided if each["kind"] == "TRAINING" and each["state"] == "APPROVED")
    worker, start = claim["worker"], answered(province, claim["claim"])
    request = request_of(yuan.surveys[worker], worker, province)
    until(lambda: request in rests_on(province, start), "the bank's answer leads to the survey", TOLD)
    found = rests_on(province, start)
    assert {(span.service, span.name) for span in found.values()} >= WAY
    assert not [span for span in found.values() if span.name == "POST /v1/survey-batches"]
    assert "reporting" not in {span.service for span in found.values()}
