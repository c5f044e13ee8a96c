"""Every event that training ever stored is still read, and is published with the same bytes."""

from pathlib import Path
from typing import Any

import pytest
from golden import Golden, name
from student_samples import INTAKES, STUDENTS
from training.app import SERVICE
from training.publishing import published
from training_samples import SAMPLES

GOLDEN = Golden(Path(__file__).parent, SERVICE, published)
EVENTS = (*SAMPLES, *INTAKES, *STUDENTS)


@pytest.mark.parametrize("event", EVENTS, ids=name)
def test_golden_what_training_stores_keeps_its_bytes(event: Any) -> None:
    GOLDEN.check_stored(event)


@pytest.mark.parametrize("event", EVENTS, ids=name)
def test_golden_what_training_publishes_keeps_its_bytes(event: Any) -> None:
    GOLDEN.check_published(event)


def test_golden_every_version_that_training_ever_stored_is_read_and_published() -> None:
    GOLDEN.check_every_version()
