"""Living allowances of one worker from several classes, under a cap of the year."""

from typing import Final

from claim_facts import ENDED, Life, said
from contracts.training import AttendanceCorrectedV1, TrainingCompletedV1
from eventcore.ids import same_id
from published import Published
from rule_packs import text_of

CAP: Final = 200_000
WANG: Final = Life()
TEXT: Final = text_of("520000-living").replace(
    "deadlines:", f"caps: {{per_year: {{amount: {CAP}, illustrative: true}}}}\ndeadlines:", 1
)
"""The rules of the living allowance with a cap."""


def claim_of(n: int) -> str:
    return same_id("LIVING", WANG.worker, f"class-{n}")


def completed(n: int, days: int = 20, year: int = 2026) -> Published:
    """The n-th class of the worker is over."""
    whole = WANG.completed().event
    assert isinstance(whole, TrainingCompletedV1)
    event = whole.model_copy(
        update={
            "training_class": f"class-{n}",
            "attended_days": days,
            "minutes": days * 360,
            "completed_on": ENDED.replace(year=year),
        }
    )
    return said(event, f"enrolment-{n}", 4, 4)


def attended(n: int, days: int, version: int = 7) -> Published:
    """What is said of the n-th class is corrected."""
    whole = WANG.attended(days).event
    assert isinstance(whole, AttendanceCorrectedV1)
    event = whole.model_copy(update={"training_class": f"class-{n}", "corrects": f"enrolment-{n}/4"})
    return said(event, f"enrolment-{n}", version, 7)
