"""Events of transfers, permissions and persons keep their bytes, and are published with the same."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final, get_args

import pytest
from contracts.transfer import Transfer
from event_samples import sample
from golden import Golden, name
from placement.app import SERVICE
from placement.publishing import published
from placement.transfers.home.events import TransferEvent
from placement.transfers.host.events import ReceptionEvent
from placement.transfers.wiring import DECIDERS

GOLDEN: Final = Golden(Path(__file__).parent, replace(SERVICE, deciders=DECIDERS), published)
WORDS: Final = {
    "home": "520526",
    "host": "440306",
    "region": "440000",
    "origin": "330106",
    "county": "520526",
    "household_region": "520526",
    "groups": "POVERTY_LIFTED",
    "group": "POVERTY_LIFTED",
    "occupation": "2022/6-18-02-04",
    "level": "4",
    "reason": "NOT_HIRED",
    "ground": "DECEASED",
    "ending": "WITHDRAWN",
    "ended": "EXPIRED",
    "waited_for": "ANSWER",
    "consent": "纳劳输〔2026〕3号",
    "official": "zhao",
    "organisation": "hr-520526",
}
SAMPLES: Final = [sample(kind, WORDS) for decider in DECIDERS for kind in get_args(decider.events)]


@pytest.mark.parametrize("event", SAMPLES, ids=name)
def test_golden_what_is_stored_of_transfers_keeps_its_bytes(event: Any) -> None:
    GOLDEN.check_stored(event)


@pytest.mark.parametrize("event", SAMPLES, ids=name)
def test_golden_what_is_published_of_transfers_keeps_its_bytes(event: Any) -> None:
    GOLDEN.check_published(event)


def test_golden_every_stored_version_of_transfers_is_read() -> None:
    GOLDEN.check_every_version()


def test_golden_each_side_speaks_to_the_other_province_and_names_nobody_who_signed() -> None:
    for event in SAMPLES:
        if isinstance(event, TransferEvent | ReceptionEvent) and isinstance(told := published(event), Transfer):
            assert told.model_dump()["to"] == (("440000",) if isinstance(event, TransferEvent) else ("520000",))
            assert b"zhao" not in told.to_bytes()
