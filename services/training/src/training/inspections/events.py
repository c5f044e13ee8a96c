"""What can have happened to a committee's inspection. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Seats given in these days, both among them, in the committee's region. Part of stored events."""

    institution: str | None
    """None: of all institutions."""
    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeFormed:
    type: ClassVar[str] = "committee-formed"
    inspection: str
    """Key of this stream."""
    region: str
    members: tuple[str, ...]
    """Experts, by the subject of their tokens."""
    formed_on: date
    evidence: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleDrawn:
    """Whoever has the seed and the same people draws the same sample."""

    type: ClassVar[str] = "sample-drawn"
    inspection: str
    sample: int
    """Counted within the inspection."""
    scope: Scope
    seed: str
    population: int
    digest: str
    """SHA-256 of all of whom it was drawn."""
    drawn: tuple[str, ...]
    """class/worker"""
    drawn_on: date
    by: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRecorded:
    type: ClassVar[str] = "finding-recorded"
    inspection: str
    finding: int
    """Counted within the inspection."""
    sample: int
    subject: str
    """Of the sample: class/worker."""
    step: str
    kind: str
    fact: str | None
    """Id of the event that does not hold, of any service."""
    evidence: str
    found_on: date
    by: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingResolved:
    type: ClassVar[str] = "finding-resolved"
    inspection: str
    finding: int
    outcome: str
    evidence: str
    resolved_on: date
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationPublished:
    type: ClassVar[str] = "evaluation-published"
    inspection: str
    sample: int
    verdict: str
    drawn: int
    findings: int
    unresolved: int
    evidence: str
    published_on: date
    by: str
    organisation: str


InspectionEvent: TypeAlias = CommitteeFormed | SampleDrawn | FindingRecorded | FindingResolved | EvaluationPublished
