"""Events of employers, vacancies, agreements, offers and matching keep their bytes, and are published with the same."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final, get_args

import pytest
from event_samples import sample
from golden import Golden, name
from placement.app import SERVICE
from placement.offers.wiring import DECIDERS
from placement.publishing import published

GOLDEN: Final = Golden(Path(__file__).parent, replace(SERVICE, deciders=DECIDERS), published)
WORDS: Final = {
    "employer": "91440300MA5DT43210",
    "partner": "91440300MA5DT43210",
    "region": "440306",
    "home": "520000",
    "host": "440000",
    "to": "520000",
    "province": "440000",
    "side": "HOME",
    "kind": "PROVINCE_PAIR",
    "occupation": "2022/6-25-01-13",
    "occupations": "2022/6-25-01-13",
    "level": "0",
    "criterion": "MANAGEMENT",
    "ground": "CRITERIA",
    "reason": "TERM",
}
SAMPLES: Final = [sample(kind, WORDS) for decider in DECIDERS for kind in get_args(decider.events)]


@pytest.mark.parametrize("event", SAMPLES, ids=name)
def test_golden_what_is_stored_of_offers_keeps_its_bytes(event: Any) -> None:
    GOLDEN.check_stored(event)


@pytest.mark.parametrize("event", SAMPLES, ids=name)
def test_golden_what_is_published_of_offers_keeps_its_bytes(event: Any) -> None:
    GOLDEN.check_published(event)


def test_golden_every_stored_version_of_offers_is_read() -> None:
    GOLDEN.check_every_version()
