"""Events of funds, payments, batches, payees, bank files and bank days keep their bytes, and are published with the
same."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final, get_args

import pytest
from event_samples import sample
from golden import Golden, name
from subsidy.app import SERVICE
from subsidy.money.wiring import DECIDERS
from subsidy.publishing import published

GOLDEN: Final = Golden(Path(__file__).parent, replace(SERVICE, deciders=DECIDERS), published)
WORDS: Final = {
    "region": "520526",
    "kind": "TRAINING",
    "fund": "EMPLOYMENT_SUBSIDY",
    "reason": "ACCOUNT_CLOSED",
    "document": "黔财社 2026-7",
    "file": "PAY-EMPLOYMENT_SUBSIDY-20260701-001",
}
SAMPLES: Final = [
    sample(kind, WORDS) for decider in DECIDERS for kind in (get_args(decider.events) or (decider.events,))
]


@pytest.mark.parametrize("event", SAMPLES, ids=name)
def test_golden_what_is_stored_of_money_keeps_its_bytes(event: Any) -> None:
    GOLDEN.check_stored(event)


@pytest.mark.parametrize("event", SAMPLES, ids=name)
def test_golden_what_is_published_of_money_keeps_its_bytes(event: Any) -> None:
    GOLDEN.check_published(event)


def test_golden_every_stored_version_of_money_is_read() -> None:
    GOLDEN.check_every_version()
