"""How a worker is followed up."""

from dataclasses import dataclass
from datetime import date

from placement.jobs.followups.events import Registrar


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    home: str = ""
    region: str = ""
    """County in which somebody looks after the worker: of the last job, or of home. Empty: nobody does."""
    jobs: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    """Provinces of all jobs so far."""
    over: frozenset[str] = frozenset()
    """Jobs that have ended: their start may be heard of later."""
    next_visit_on: date | None = None
    due_on: date | None = None
    """Since when a visit is due that nobody has made."""
    visited_on: date | None = None
    lost_on: date | None = None
    registrar: Registrar | None = None
    """Who registers the loss."""
    unemployed_on: date | None = None
    case_worker: str | None = None
