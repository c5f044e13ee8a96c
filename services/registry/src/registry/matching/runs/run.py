"""The rules of a run: it reports in parts, and is complete once. What it found is a function of the snapshots alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias, assert_never

from eventcore import Decider, Rejected, Seen

from registry.matching.runs.events import (
    Compared,
    MatchConflictFound,
    MatchConflictGone,
    MatchRunCompleted,
    RunEvent,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportConflicts:
    """A part of what a run found. Sent again, it changes nothing: so a run goes on where it was stopped."""

    part: int
    found: tuple[MatchConflictFound, ...] = ()
    gone: tuple[MatchConflictGone, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteRun:
    run: str
    comparison: str
    quarter: str
    completed_on: date
    working_days: int
    official: str
    organisation: str
    compared: tuple[Compared, ...]
    found: int


RunCommand: TypeAlias = ReportConflicts | CompleteRun


class ReportsMissing(Rejected):
    """The run has not reported all that it found."""

    code = "match_run_reports_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    parts: frozenset[int] = frozenset()
    found: int = 0
    gone: int = 0
    completed: MatchRunCompleted | None = None


def decide(command: RunCommand, run: Run, seen: Seen) -> Sequence[RunEvent]:
    if run.completed:
        return []
    match command:
        case ReportConflicts(part=part, found=found, gone=gone):
            return [] if part in run.parts else [*found, *gone]
        case CompleteRun():
            if run.found != command.found:
                raise ReportsMissing
            return [_completed(command, run)]
        case _:
            assert_never(command)


def _completed(command: CompleteRun, run: Run) -> MatchRunCompleted:
    return MatchRunCompleted(
        run=command.run,
        comparison=command.comparison,
        quarter=command.quarter,
        completed_on=command.completed_on,
        working_days=command.working_days,
        official=command.official,
        organisation=command.organisation,
        compared=command.compared,
        found=command.found,
        gone=run.gone,
    )


def evolve(run: Run, event: RunEvent) -> Run:
    match event:
        case MatchConflictFound(part=part):
            return replace(run, parts=run.parts | {part}, found=run.found + 1)
        case MatchConflictGone(part=part):
            return replace(run, parts=run.parts | {part}, gone=run.gone + 1)
        case MatchRunCompleted():
            return replace(run, completed=event)
        case _:
            assert_never(event)


RUN: Final[Decider[RunCommand, RunEvent, Run]] = Decider(
    category="match-run", initial=Run(), decide=decide, evolve=evolve, events=RunEvent
)
