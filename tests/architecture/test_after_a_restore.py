"""What acts for somebody by itself, or decides for other provinces, waits after a restore until the provinces agree."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from eventcore.exchange.pairs import pairs_agree
from eventcore.exchange.stewards import require_agreement
from eventcore.service import Service
from eventcore.serving import Program
from fastapi.routing import APIRoute
from placement.app import PROGRAM as PLACEMENT_PROGRAM
from placement.app import SERVICE as PLACEMENT
from registry.app import PROGRAM as REGISTRY_PROGRAM
from registry.app import SERVICE as REGISTRY
from registry.stewardship.remembering import ledger_is_whole
from subsidy.app import SERVICE as SUBSIDY
from subsidy.claims.reservations.remembering import ledger_is_whole as reservations_are_whole
from unserved import routes_of

WAITS: Final = (pairs_agree, ledger_is_whole, reservations_are_whole)
WAITING: Final[Mapping[str, set[str]]] = {
    "registry": {
        "when_a_job_starts_its_province_becomes_responsible",
        "when_a_death_is_recorded_or_withdrawn_the_other_province_is_told",
        "when_stewardship_is_requested_home_recalls_it",
        "when_stewardship_is_granted_hold_it",
        "when_stewardship_is_released_grant_it_on",
        "when_a_transfer_is_confirmed_its_record_may_go",
    },
    "placement": {
        "when_a_job_is_lost_register_the_unemployment",
        "when_a_place_is_used_or_refused_the_transfer_goes_on",
        "when_the_host_says_something_of_a_transfer_home_hears_it",
        *("timer of follow-up", "timer of transfer", "timer of reception"),
    },
    "subsidy": {
        "when_a_claim_asks_for_its_reservation_put_it_in_line",
        "when_another_province_asks_for_a_reservation_note_it",
        "when_money_of_a_claim_is_back_free_its_reservation",
    },
}
"""Payment files wait in `subsidy/money/bank/sending.py`, rows of rosters in `registry/imports/work.py`. To stop acting
and to note what is told wait for nothing."""

ROUTES: Final[Mapping[str, set[str]]] = {
    "registry": {
        *("/v1/surveys", "/v1/surveys/{survey}/approval", "/v1/survey-batches", "/v1/review-batches"),
        *("/v1/imports", "/v1/sources/{source}/surveys"),
        *("/v1/workers/{worker}/wishes", "/v1/wish-batches", "/v1/workers/{worker}/death"),
        *("/v1/workers/{worker}/designation", "/v1/designation-batches"),
        *("/v1/stewardship/{worker}/recall", "/v1/stewardship/{worker}/taking-back"),
    },
    "placement": {
        "/v1/transfers",
        *(f"/v1/workers/{{worker}}/{what}" for what in ("visits", "helper", "unemployment")),
    },
}
"""What is done for a worker as the responsible province, or decides who that is. To take something back, to reject and
to look wait for nothing."""


@pytest.mark.parametrize("service", [REGISTRY, PLACEMENT, SUBSIDY], ids=lambda each: each.name)
def test_what_acts_by_itself_waits_until_the_provinces_agree(service: Service) -> None:
    found = {each.name for each in service.policies if each.when in WAITS}
    found |= {f"timer of {each.category}" for each in service.alarms if each.when is pairs_agree}
    assert found == WAITING[service.name]


@pytest.mark.parametrize("program", [REGISTRY_PROGRAM, PLACEMENT_PROGRAM], ids=lambda each: each.service.name)
async def test_what_is_done_as_steward_waits_until_the_provinces_agree(program: Program[Any], tmp_path: Path) -> None:
    waiting = [route for route in await routes_of(program, tmp_path) if _waits(route)]
    assert {route.path for route in waiting} == ROUTES[program.service.name]
    assert all(route.methods == {"POST"} for route in waiting)


def _waits(route: APIRoute) -> bool:
    return any(each.call is require_agreement for each in route.dependant.dependencies)
