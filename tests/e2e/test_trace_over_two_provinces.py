"""A worker is surveyed in one province and works in another: from the bank's answer at home, parents and links alone
lead over both to the survey."""

import httpx
import pytest
from lb.demo.abroad import TRAVEL
from lb.demo.subsidies import Subsidies
from lb.local.blocking import run_apart
from lb.people import people
from lb.sample.residents import account_of
from lb.topology import only

from tests.e2e.collector import Span
from tests.e2e.guests import Guests
from tests.e2e.province import REGION, Province, provinces_of, today, until
from tests.e2e.test_one_trace import TOLD
from tests.e2e.test_trace_of_a_payment import answered, rests_on

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]

HOST = "440000"
COUNTY = "520602"
WAY = {
    (REGION, "registry", "POST /v1/surveys"),
    (REGION, "registry", "POST /v1/surveys/{survey}/approval"),
    (REGION, "placement", "POST /v1/transfers"),
    (HOST, "placement", "POST /v1/transfers/{transfer}/acceptance"),
    (HOST, "placement", "POST /v1/employments"),
    (HOST, "placement", "POST /v1/month-batches"),
    (REGION, "subsidy", "POST /v1/decision-batches"),
    (REGION, "subsidy", "POST /v1/payment-batches/{batch}/approvals"),
}
"""(province, service, request) that the money for the way to the job rests on."""


def surveyed(home: Province) -> tuple[str, str]:
    """Worker and survey: approved, with a bank account."""
    (person,) = people(1, 43, today=today(), counties=(COUNTY,))
    body = person.survey() | {"groups": [{"group": "MONITORED", "valid_from": "2022-01-01"}]}
    recorded = home.registry.post("/v1/surveys", json=body, headers=home.headers("surveyor", COUNTY)).json()
    reviewer, clerk = home.headers("reviewer", REGION), home.headers("clerk", COUNTY)
    assert home.registry.post(f"/v1/surveys/{recorded['survey']}/approval", headers=reviewer).status_code == 201
    home.settle()
    account = {"account": account_of(520_400_000_000), "bank": "中国农业银行", "evidence": "卡-1"}
    path = f"/v1/workers/{recorded['worker']}/bank-account"
    assert home.registry.post(path, json=account, headers=clerk).status_code == 201
    return recorded["worker"], recorded["survey"]


async def travelled(home: Province, host: Province, worker: str) -> str:
    """The claim, paid."""
    async with httpx.AsyncClient() as client:
        guests, subsidies = Guests(home, host, client), Subsidies(home.deployment, client)
        await subsidies.prepare(())
        await guests.confirm([worker])
        await guests.work()
        claims = await subsidies.opened({TRAVEL: 1})
        await subsidies.decide(claims, lambda _: None)
        await subsidies.pay(lambda _: None)
        ours, banks = await subsidies.executed()
        assert ours == banks
        (claim,) = claims
        return str(claim["claim"])


def test_the_bank_s_answer_leads_over_both_provinces_to_the_survey() -> None:
    services = only("registry", "placement", "subsidy")
    with provinces_of("two-traces", REGION, HOST, services=services) as (home, host):
        worker, survey = surveyed(home)
        claim = run_apart(lambda: travelled(home, host, worker))
        start, collector = answered(home, claim), home.collector
        statement = "select metadata ->> 'trace' as trace from log.readable where type = $1 and data ->> 'survey' = $2"
        (row,) = home.fetch("registry", statement, "survey-recorded", survey)
        trace = row["trace"].split("-")[1]

        def requests() -> set[tuple[str, str, str]]:
            found: list[Span] = [*rests_on(home, start).values()]
            wanted = [span for span in found if span.name != "POST /v1/surveys" or span.id[0] == trace]
            return {(span.region, span.service, span.name) for span in wanted}

        until(lambda: requests() >= WAY, "the bank's answer leads to all that it rests on", TOLD)
        assert len({span.id[0] for span in collector.spans() if span.name == "POST /v1/surveys"}) == 1
