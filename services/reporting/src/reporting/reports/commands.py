"""What may be asked of a report. The numbers come with the command: they are counted before, at one position."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from reporting.reports.events import Difference, Number, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A region's numbers by a day, as known at a position of this log."""

    known_at: int
    incarnation: str
    parked: int
    """Streams with facts up to the position that are not in the numbers."""
    numbers: tuple[Number, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeReport:
    report: str
    kind: str
    region: str
    name: str
    period: str
    as_of: date
    due_on: date
    recipients: tuple[str, ...]
    counted: Counted
    signature: str
    """A JWS over the digest of what was counted."""
    by: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RestateReport:
    """`differences` are those between `since` and the position of `counted`."""

    since: int
    counted: Counted
    signature: str
    differences: tuple[Difference, ...]
    by: str
    organisation: str
    today: date


ReportCommand: TypeAlias = FreezeReport | RestateReport
