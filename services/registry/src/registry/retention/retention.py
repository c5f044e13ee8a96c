"""How long a record is kept: as long as the longest term that began. Erased before, the person would come again under
another id, and be paid again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from eventcore import Decider, Seen

from registry.retention.events import RetentionBegun

YEARS: Final = 30
"""Accounting vouchers (会计档案管理办法, 2015). No document of the requirements names a term."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepRecord:
    worker: str
    reason: str
    until: date


def decide(command: KeepRecord, until: date | None, _: Seen) -> Sequence[RetentionBegun]:
    if until is not None and command.until <= until:
        return []
    return [RetentionBegun(worker=command.worker, reason=command.reason, until=command.until)]


def evolve(_: date | None, event: RetentionBegun) -> date:
    return event.until


def term_of(day: date) -> date:
    """The first day on which what happened on a day need not be kept any more."""
    return date(day.year + YEARS + 1, 1, 1)


RETENTION: Final[Decider[KeepRecord, RetentionBegun, date | None]] = Decider(
    category="retention", initial=None, decide=decide, evolve=evolve, events=RetentionBegun
)
