"""Events of certificates, jobs, careers, follow-up and duties keep their bytes, and are published with the same."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final, get_args

import pytest
from event_samples import sample
from golden import Golden, name
from placement.app import SERVICE
from placement.jobs.wiring import DECIDERS
from placement.publishing import published

GOLDEN: Final = Golden(Path(__file__).parent, replace(SERVICE, deciders=DECIDERS), published)
WORDS: Final = {
    "home": "520526",
    "region": "440306",
    "told_by": "440000",
    "employer": "91440300MA5DT43210",
    "occupation": "2022/6-29-01-04",
    "level": "5",
    "form": "ENTERPRISE",
    "reason": "TERM_OVER",
    "month": "2026-07",
    "corrects": "career-w1/7",
    "institution": "12520000MA6DT1234P",
    "delegate": "91520000MA6DT4321L",
    "kind": "CALL",
    "finding": "AT_WORK",
    "evidence": "回访〔2026〕8号",
}
SAMPLES: Final = [sample(kind, WORDS) for decider in DECIDERS for kind in get_args(decider.events)]


@pytest.mark.parametrize("event", SAMPLES, ids=name)
def test_golden_what_is_stored_of_jobs_keeps_its_bytes(event: Any) -> None:
    GOLDEN.check_stored(event)


@pytest.mark.parametrize("event", SAMPLES, ids=name)
def test_golden_what_is_published_of_jobs_keeps_its_bytes(event: Any) -> None:
    GOLDEN.check_published(event)


def test_golden_every_stored_version_of_jobs_is_read() -> None:
    GOLDEN.check_every_version()


def test_golden_visits_helpers_and_officials_stay_at_home() -> None:
    told = [published(event) for event in SAMPLES]
    assert sum(each is not None for each in told) == 11
    assert not any(b"official" in each.to_bytes() or b"case_worker" in each.to_bytes() for each in told if each)
