"""The rules of a report: frozen once and never changed, restated where later facts change what it says."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Final, TypeAlias, assert_never

from eventcore import Decider, Seen

from reporting.reports import refusals
from reporting.reports.commands import Counted, FreezeReport, ReportCommand, RestateReport
from reporting.reports.events import DifferencesListed, Number, ReportEvent, ReportFrozen, ReportRestated, Row

PART: Final = 400
"""Differences of one event: an event has a bound."""
MOST: Final = 40_000


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """`known_at` and `numbers` are those of the newest restatement."""

    report: str
    kind: str
    region: str
    period: str
    as_of: date
    incarnation: str
    known_at: int
    numbers: tuple[Number, ...]
    rows: tuple[Row, ...]
    restatements: int = 0


Report: TypeAlias = Unknown | Frozen


def decide(command: ReportCommand, report: Report, seen: Seen) -> Sequence[ReportEvent]:
    match command:
        case FreezeReport():
            return freeze(command, report)
        case RestateReport():
            return restate(command, known(report))
        case _:
            assert_never(command)


def freeze(command: FreezeReport, report: Report) -> Sequence[ReportEvent]:
    """Once: who asks again gets the report as it was frozen."""
    if isinstance(report, Frozen):
        return []
    if command.today < command.as_of:
        raise refusals.PeriodNotOver
    _require_whole(command.counted)
    counted = command.counted
    frozen = ReportFrozen(
        report=command.report,
        kind=command.kind,
        region=command.region,
        name=command.name,
        period=command.period,
        as_of=command.as_of,
        due_on=command.due_on,
        recipients=command.recipients,
        known_at=counted.known_at,
        incarnation=counted.incarnation,
        numbers=counted.numbers,
        rows=counted.rows,
        digest=digest(command.report, command.as_of, counted),
        signature=command.signature,
        frozen_on=command.today,
        by=command.by,
        organisation=command.organisation,
    )
    return [frozen]


def restate(command: RestateReport, report: Frozen) -> Sequence[ReportEvent]:
    """Nothing, where everything is as it was."""
    counted = command.counted
    if counted.incarnation != report.incarnation:
        raise refusals.LogRestored
    if command.since != report.known_at:
        raise refusals.RestatedMeanwhile
    _require_whole(counted)
    if len(command.differences) > MOST:
        raise refusals.TooManyDifferences
    if not command.differences and (counted.numbers, counted.rows) == (report.numbers, report.rows):
        return []
    number = report.restatements + 1
    restated = ReportRestated(
        report=report.report,
        restatement=number,
        since=command.since,
        known_at=counted.known_at,
        numbers=counted.numbers,
        rows=counted.rows,
        digest=digest(report.report, report.as_of, counted),
        signature=command.signature,
        differences=len(command.differences),
        restated_on=command.today,
        by=command.by,
        organisation=command.organisation,
    )
    parts = (command.differences[at : at + PART] for at in range(0, len(command.differences), PART))
    listed = (
        DifferencesListed(report=report.report, restatement=number, part=n, differences=part)
        for n, part in enumerate(parts, 1)
    )
    return [restated, *listed]


def _require_whole(counted: Counted) -> None:
    if counted.parked:
        raise refusals.StreamsParked


def digest(report: str, as_of: date, counted: Counted) -> str:
    """SHA-256 over report, both times and all numbers: JSON with sorted names, without spaces."""
    said = {"report": report, "as_of": as_of.isoformat(), **asdict(counted)}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def known(report: Report) -> Frozen:
    """The report. Refuses where there is none."""
    if isinstance(report, Unknown):
        raise refusals.NotFrozen
    return report


def evolve(report: Report, event: ReportEvent) -> Report:
    match event:
        case ReportFrozen():
            return Frozen(
                report=event.report,
                kind=event.kind,
                region=event.region,
                period=event.period,
                as_of=event.as_of,
                incarnation=event.incarnation,
                known_at=event.known_at,
                numbers=event.numbers,
                rows=event.rows,
            )
        case ReportRestated():
            return replace(
                known(report),
                known_at=event.known_at,
                numbers=event.numbers,
                rows=event.rows,
                restatements=event.restatement,
            )
        case DifferencesListed():
            return report
        case _:
            assert_never(event)


REPORT: Final[Decider[ReportCommand, ReportEvent, Report]] = Decider(
    category="report", initial=Unknown(), decide=decide, evolve=evolve, events=ReportEvent
)
