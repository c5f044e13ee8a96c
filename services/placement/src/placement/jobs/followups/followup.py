"""The rules of follow-up: regular visits where the work is, and help at once when a job is lost (R-PLC-07, R-PLC-23 to
R-PLC-26). Whoever acts for the worker must be the province that is responsible."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final, assert_never

from contracts.region import province_of
from eventcore import Acting as By
from eventcore import Decider, Effect, Read, Seen, Wake
from eventcore.clock import LEGAL

from placement.jobs.followups import refusals
from placement.jobs.followups.commands import (
    AssignHelp,
    CallVisit,
    FollowUpCommand,
    NoteJobBegun,
    NoteJobOver,
    NoteUnemployment,
    RecordVisit,
    RegisterLoss,
    RegisterUnemployment,
)
from placement.jobs.followups.events import (
    ELSEWHERE,
    FollowUpEvent,
    HelpAssigned,
    JobBegun,
    JobOver,
    UnemploymentNoted,
    UnemploymentRegistered,
    VisitDue,
    VisitMade,
)
from placement.jobs.followups.state import FollowUp
from placement.jobs.rules.visits import rhythm
from placement.transfers.permission.permission import PERMISSION, Acting, require_steward

VISIT: Final = "visit"
"""The timer."""
NOT_LOOKING: Final = frozenset({"RETIRED", "DECEASED"})
"""Reasons of an end after which nobody looks for a job."""


def decide(command: FollowUpCommand, followup: FollowUp, seen: Seen) -> Sequence[FollowUpEvent]:
    match command:
        case NoteJobBegun():
            return _begun(command, followup)
        case NoteJobOver():
            return _over(command, followup)
        case NoteUnemployment():
            return _noted(command, followup)
        case CallVisit():
            return _due(command, followup, seen)
        case RecordVisit():
            return _visited(command, followup, seen)
        case AssignHelp():
            return _helped(command, followup, seen)
        case RegisterUnemployment():
            return _registered(command, followup, seen)
        case RegisterLoss():
            return _lost(command, followup, seen)
        case _:
            assert_never(command)


def _begun(command: NoteJobBegun, followup: FollowUp) -> Sequence[FollowUpEvent]:
    if command.employment in followup.jobs | followup.over:
        return []
    first = _first_visit(command.region, max(command.began_on, command.known_on))
    return [
        JobBegun(
            worker=command.worker,
            home=command.home,
            region=command.region,
            employment=command.employment,
            began_on=command.began_on,
            next_visit_on=first if command.here else followup.next_visit_on,
        )
    ]


def _over(command: NoteJobOver, followup: FollowUp) -> Sequence[FollowUpEvent]:
    if command.employment in followup.over:
        return []
    others = followup.jobs - {command.employment}
    lost = not others and command.reason not in NOT_LOOKING
    first = _first_visit(command.region, max(command.over_on, command.known_on))
    return [
        JobOver(
            worker=command.worker,
            home=command.home,
            region=command.region,
            employment=command.employment,
            over_on=command.over_on,
            reason=command.reason,
            lost=lost,
            registrar=command.registrar,
            next_visit_on=first if lost else (followup.next_visit_on if others else None),
        )
    ]


def _first_visit(region: str, since: date) -> date:
    return since + timedelta(days=rhythm(region, since).first_after)


def _noted(command: NoteUnemployment, followup: FollowUp) -> Sequence[FollowUpEvent]:
    """Heard of late, after the next job began, it changes nothing."""
    if command.told_by not in followup.places:
        raise refusals.NotTheirWorker
    if followup.unemployed_on is not None or followup.jobs:
        return []
    return [UnemploymentNoted(worker=command.worker, registered_on=command.registered_on, told_by=command.told_by)]


def _due(command: CallVisit, followup: FollowUp, seen: Seen) -> Sequence[FollowUpEvent]:
    """Who has no job here any more is looked after by another province."""
    is_ours = followup.jobs or isinstance(seen.state(PERMISSION, command.worker), Acting)
    if followup.next_visit_on is None or not is_ours:
        return []
    return [VisitDue(worker=command.worker, due_on=followup.next_visit_on)]


def _visited(command: RecordVisit, followup: FollowUp, seen: Seen) -> Sequence[FollowUpEvent]:
    _require_followed(command.worker, followup, seen)
    if command.made_on > command.by.today:
        raise refusals.VisitDayWrong
    last = max(command.made_on, followup.visited_on or command.made_on)
    goes_on = followup.jobs or followup.lost_on is not None
    every = timedelta(days=rhythm(followup.region, last).every)
    return [
        VisitMade(
            worker=command.worker,
            made_on=command.made_on,
            kind=command.kind,
            finding=command.finding,
            evidence=command.evidence,
            next_visit_on=last + every if goes_on else None,
            official=command.by.official,
            organisation=command.by.organisation,
        )
    ]


def _helped(command: AssignHelp, followup: FollowUp, seen: Seen) -> Sequence[FollowUpEvent]:
    _require_followed(command.worker, followup, seen)
    if followup.case_worker == command.case_worker:
        return []
    return [
        HelpAssigned(
            worker=command.worker,
            case_worker=command.case_worker,
            assigned_on=command.by.today,
            official=command.by.official,
            organisation=command.by.organisation,
        )
    ]


def _registered(command: RegisterUnemployment, followup: FollowUp, seen: Seen) -> Sequence[FollowUpEvent]:
    if followup.unemployed_on is not None:
        return []
    _require_followed(command.worker, followup, seen)
    if followup.registrar == ELSEWHERE:
        raise refusals.RegisteredElsewhere
    return _registration(command, followup)


def _registration(command: RegisterUnemployment, followup: FollowUp) -> Sequence[FollowUpEvent]:
    if followup.jobs:
        raise refusals.HasJob
    if not (followup.lost_on or date.min) <= command.registered_on <= command.by.today:
        raise refusals.VisitDayWrong
    return [
        UnemploymentRegistered(
            worker=command.worker,
            home=followup.home,
            region=followup.region,
            registered_on=command.registered_on,
            official=command.by.official,
            organisation=command.by.organisation,
        )
    ]


def _lost(command: RegisterLoss, followup: FollowUp, seen: Seen) -> Sequence[FollowUpEvent]:
    """By the county that looks after the worker, in the province that was responsible when the job ended, also where
    it is not any more; where none was, at home. So both know who does it, and it is done once."""
    if followup.lost_on is None or followup.unemployed_on is not None or followup.registrar == ELSEWHERE:
        return []
    if followup.registrar is None:
        if province_of(followup.region) != province_of(followup.home):
            return []
        _require_followed(command.worker, followup, seen)
    today = max(command.today, followup.lost_on)
    by = By(official="", organisation=followup.region, today=today)
    return _registration(RegisterUnemployment(worker=command.worker, registered_on=today, by=by), followup)


def _require_followed(worker: str, followup: FollowUp, seen: Seen) -> None:
    require_steward(seen.state(PERMISSION, worker))
    if not followup.region:
        raise refusals.NotFollowed


def evolve(followup: FollowUp, event: FollowUpEvent) -> FollowUp:
    match event:
        case JobBegun():
            return _with_job(followup, event)
        case JobOver():
            return _without_job(followup, event)
        case VisitDue(due_on=due_on):
            return replace(followup, due_on=due_on, next_visit_on=None)
        case VisitMade(made_on=made_on, next_visit_on=next_visit_on):
            last = max(made_on, followup.visited_on or made_on)
            return replace(followup, due_on=None, visited_on=last, next_visit_on=next_visit_on)
        case HelpAssigned(case_worker=case_worker):
            return replace(followup, case_worker=case_worker)
        case UnemploymentRegistered(registered_on=day) | UnemploymentNoted(registered_on=day):
            return replace(followup, unemployed_on=day)
        case _:
            assert_never(event)


def _with_job(followup: FollowUp, event: JobBegun) -> FollowUp:
    """Whoever has a job is neither lost nor unemployed, and needs no help to find one."""
    return replace(
        followup,
        home=event.home,
        region=event.region,
        jobs=followup.jobs | {event.employment},
        places=followup.places | {province_of(event.region)},
        next_visit_on=event.next_visit_on,
        due_on=followup.due_on if followup.jobs else None,
        lost_on=None,
        registrar=None,
        unemployed_on=None,
        case_worker=None,
    )


def _without_job(followup: FollowUp, event: JobOver) -> FollowUp:
    jobs = followup.jobs - {event.employment}
    return replace(
        followup,
        home=event.home,
        region=event.region if event.lost else followup.region,
        jobs=jobs,
        over=followup.over | {event.employment},
        next_visit_on=event.next_visit_on,
        due_on=followup.due_on if jobs else None,
        lost_on=event.over_on if event.lost else None,
        registrar=event.registrar if event.lost else None,
    )


def reads(command: FollowUpCommand) -> Iterable[Read]:
    if not isinstance(command, NoteJobBegun | NoteJobOver | NoteUnemployment):
        yield Read(PERMISSION, command.worker)


def effects(before: FollowUp, event: FollowUpEvent) -> Iterable[Effect]:
    """One timer, for the next visit."""
    after = evolve(before, event)
    if after.next_visit_on != before.next_visit_on:
        day = after.next_visit_on
        yield Wake(VISIT, None if day is None else datetime.combine(day, time.min, LEGAL))


FOLLOW_UP: Final[Decider[FollowUpCommand, FollowUpEvent, FollowUp]] = Decider(
    category="follow-up",
    initial=FollowUp(),
    decide=decide,
    evolve=evolve,
    events=FollowUpEvent,
    reads=reads,
    effects=effects,
)
