"""What the page of the registry shows is accepted, from the survey to what offices know and decide of a worker."""

from typing import Any, Final

import httpx
import pytest
from as_shown import OTHER, WORKER, AsShown
from people_office import CatchUp, Headers, Office, Survey

FIRST: Final = "0190a1b2-0000-7000-8000-0000000000f1"
SECOND: Final = "0190a1b2-0000-7000-8000-0000000000f2"
PLACES: Final = {
    "survey": FIRST,
    "worker": WORKER,
    "household": "recorded",
    "source": "rural-poor-employment-platform",
    "trainee_list": "published",
}
SURVEYOR: Final = {"office": "surveyor", "subject": "li"}
REVIEWER: Final = {"office": "reviewer", "subject": "chen"}
REGISTRAR: Final = {"office": "registrar", "subject": "zhao"}
CLERK: Final = {"office": "clerk", "subject": "wu"}
COUNTY: Final = {"office": "registrar", "subject": "zhao", "region": "520526"}
PRIVACY: Final = {"office": "privacy-officer", "subject": "zhou"}
OF_WORKER: Final = ("groups", "group-ends", "wishes", "eligibility", "designation", "designation-end", "attention")


@pytest.fixture
async def shown(client: httpx.AsyncClient, headers: Headers, survey: Survey, catch_up: CatchUp) -> AsShown:
    """A worker who was surveyed twice; the second survey was rejected."""
    found = AsShown(Office(client, headers, survey, catch_up), PLACES)
    first = await found.post("/v1/surveys", SURVEYOR)
    (second,) = (await found.post("/v1/survey-batches", SURVEYOR))["results"]
    found.given |= {FIRST: first["survey"], SECOND: second["answer"]["survey"], WORKER: first["worker"]}
    await found.post("/v1/surveys/{survey}/identity", REVIEWER)
    await found.post("/v1/review-batches", REVIEWER)
    await catch_up()
    return found


async def test_what_is_known_of_a_worker_is_as_shown(shown: AsShown) -> None:
    for what in OF_WORKER:
        await shown.post(f"/v1/workers/{{worker}}/{what}", REGISTRAR)
    for what in ("group", "wish", "eligibility"):
        await shown.post(f"/v1/{what}-batches", REGISTRAR)
    await shown.post("/v1/sources/{source}/surveys", CLERK)
    await shown.post("/v1/workers/{worker}/bank-account", CLERK)
    await shown.post("/v1/bank-account-batches", CLERK)
    await shown.post("/v1/workers/{worker}/death", CLERK)
    await shown.post("/v1/workers/{worker}/death-withdrawal", REGISTRAR)


async def test_what_offices_see_of_a_worker_is_as_shown(shown: AsShown, catch_up: CatchUp) -> None:
    await shown.post("/v1/workers/{worker}/identity", REVIEWER)
    await shown.post("/v1/worker-searches", REVIEWER)
    await shown.post("/v1/workers/{worker}/number-checks", {"office": "verifier", "subject": "certification"})
    await shown.post("/v1/local-worker-requests", CLERK)
    for what in ("restriction", "restriction-end", "erasure"):
        await catch_up()
        await shown.post(f"/v1/workers/{{worker}}/{what}", PRIVACY)


async def test_a_household_is_as_shown(shown: AsShown) -> None:
    household: Any = (await shown.post("/v1/households", CLERK))["household"]
    for what, by in (("members", CLERK), ("status", REGISTRAR), ("region", CLERK)):
        await shown.post(f"/v1/households/{{household}}/{what}", by, household=household)


async def test_lists_of_workers_are_as_shown(shown: AsShown, catch_up: CatchUp) -> None:
    shown.given["520599199003070023"] = "520599198803070035"
    other = await shown.post("/v1/surveys", SURVEYOR)
    await shown.post("/v1/surveys/{survey}/approval", REVIEWER, survey=other["survey"])
    shown.given |= {SECOND: other["survey"], OTHER: other["worker"]}
    await catch_up()
    for worker in (shown.given[WORKER], other["worker"]):
        for what in ("eligibility", "designation"):
            await shown.post(f"/v1/{what}-batches", REGISTRAR, worker=worker)
        await shown.post("/v1/bank-account-batches", CLERK, worker=worker)
    trainees = (await shown.post("/v1/trainee-lists", REGISTRAR))["trainee_list"]
    await shown.post("/v1/trainee-lists/{trainee_list}/receipt", COUNTY, trainee_list=trainees)
    await shown.post("/v1/sources/{source}/exports", CLERK)
    await catch_up()
    await shown.post("/v1/payee-disclosures", {"office": "payer", "subject": "subsidy"})
    await shown.post("/v1/surveys/{survey}/invalidation", REVIEWER)
