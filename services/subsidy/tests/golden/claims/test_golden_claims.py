"""Events of claims, dossiers, reservations, handlers and risks keep their bytes, and are published with the same."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final, get_args

import pytest
from event_samples import sample
from eventcore.roll import RollEvent
from golden import Golden, name
from subsidy.app import SERVICE
from subsidy.claims.events import ReservationHeld
from subsidy.claims.reservations.events import ReservationRecovered
from subsidy.claims.wiring import DECIDERS
from subsidy.publishing import published

GOLDEN: Final = Golden(Path(__file__).parent, replace(SERVICE, deciders=DECIDERS), published)
WORDS: Final = {
    "region": "520526",
    "home": "440000",
    "month": "2026-03",
    "kind": "TRAINING",
    "pack": "520000-training@1",
    "fund": "EMPLOYMENT_SUBSIDY",
    "occupation": "2022/6-18-02-04",
    "occupations": "2022/6-18-02-04",
    "level": "5",
    "corrects": "claim-c1/4",
    "reasons": "CERTIFICATE_REVOKED",
    "document": "廉承 2026-17",
}
OF_THE_SECOND: Final = {"pool": "TRAINING", "holder_region": "520526", "to": "440000"}
"""Of second versions, which are published, and of what came with them or after."""
LATER: Final = (ReservationHeld, ReservationRecovered, *get_args(RollEvent))

SAMPLES: Final = [
    sample(kind, WORDS | (OF_THE_SECOND if getattr(kind, "schema_version", 1) > 1 or kind in LATER else {}))
    for decider in DECIDERS
    for kind in (get_args(decider.events) or (decider.events,))
]


@pytest.mark.parametrize("event", SAMPLES, ids=name)
def test_golden_what_is_stored_of_claims_keeps_its_bytes(event: Any) -> None:
    GOLDEN.check_stored(event)


@pytest.mark.parametrize("event", SAMPLES, ids=name)
def test_golden_what_is_published_of_claims_keeps_its_bytes(event: Any) -> None:
    GOLDEN.check_published(event)


def test_golden_every_stored_version_of_claims_is_read() -> None:
    GOLDEN.check_every_version()
