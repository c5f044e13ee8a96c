"""What is known of an assessment, and what its events mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias, assert_never

from certification.assessments import refusals
from certification.assessments.events import (
    AssessmentEvent,
    AssessmentScheduled,
    AssessmentVoided,
    CandidateRegistered,
    Result,
    ResultsConfirmed,
    ScoresRecorded,
)


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Of 100 in each part that the route tests; who was absent has none."""

    theory: int | None
    practice: int | None
    absent: bool
    source: str | None
    official: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    charged_fee: int
    reduced_for: str | None
    scores: Scores | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """Scheduled; candidates by worker, in the order in which they came."""

    session: AssessmentScheduled
    candidates: Mapping[str, Candidate] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    session: AssessmentScheduled
    candidates: Mapping[str, Candidate]
    results: tuple[Result, ...]
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Voided:
    """As it was before, and counting no more."""

    session: AssessmentScheduled
    candidates: Mapping[str, Candidate]
    results: tuple[Result, ...]


Assessment: TypeAlias = Unknown | Open | Confirmed | Voided
Scheduled: TypeAlias = Open | Confirmed | Voided


def scheduled(found: Assessment) -> Scheduled:
    """The assessment. Refuses where there is none."""
    if isinstance(found, Unknown):
        raise refusals.AssessmentNotScheduled
    return found


def still_open(found: Assessment) -> Open:
    """The assessment before its results. Refuses where they are confirmed, or it is void."""
    match scheduled(found):
        case Open() as known:
            return known
        case Confirmed():
            raise refusals.ResultsConfirmedAlready
        case Voided():
            raise refusals.AssessmentIsVoid


def evolve(found: Assessment, event: AssessmentEvent) -> Assessment:
    match event:
        case AssessmentScheduled():
            return Open(session=event)
        case CandidateRegistered(worker=worker):
            candidate = Candidate(charged_fee=event.charged_fee, reduced_for=event.reduced_for)
            return _with(still_open(found), worker, candidate)
        case ScoresRecorded(worker=worker):
            known = still_open(found)
            return _with(known, worker, replace(known.candidates[worker], scores=_scores(event)))
        case ResultsConfirmed(results=results, issued_on=issued_on):
            known = still_open(found)
            return Confirmed(session=known.session, candidates=known.candidates, results=results, issued_on=issued_on)
        case AssessmentVoided():
            before = scheduled(found)
            results = () if isinstance(before, Open) else before.results
            return Voided(session=before.session, candidates=before.candidates, results=results)
        case _:
            assert_never(event)


def _with(found: Open, worker: str, candidate: Candidate) -> Open:
    return replace(found, candidates={**found.candidates, worker: candidate})


def _scores(event: ScoresRecorded) -> Scores:
    return Scores(
        theory=event.theory,
        practice=event.practice,
        absent=event.absent,
        source=event.source,
        official=event.official,
    )
