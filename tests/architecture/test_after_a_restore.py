"""What acts for somebody by itself, or decides for other provinces, waits after a restore until the provinces agree."""

from collections.abc import Mapping
from typing import Final

import pytest
from eventcore.exchange.pairs import pairs_agree
from eventcore.service import Service
from placement.app import SERVICE as PLACEMENT
from registry.app import SERVICE as REGISTRY
from subsidy.app import SERVICE as SUBSIDY

WAITING: Final[Mapping[str, set[str]]] = {
    "registry": {
        "when_a_job_starts_its_province_becomes_responsible",
        "when_a_worker_has_died_home_is_responsible",
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
"""Payment files wait in `subsidy/money/bank/sending.py`. To stop acting and to note what is told wait for nothing."""


@pytest.mark.parametrize("service", [REGISTRY, PLACEMENT, SUBSIDY], ids=lambda each: each.name)
def test_what_acts_by_itself_waits_until_the_provinces_agree(service: Service) -> None:
    found = {each.name for each in service.policies if each.when is pairs_agree}
    found |= {f"timer of {each.category}" for each in service.alarms if each.when is pairs_agree}
    assert found == WAITING[service.name]
