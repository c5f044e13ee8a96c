"""The tenure of this province over one worker: it acts while it holds an unreleased grant of the newest epoch it knows.

To hand over, every service that acts has to stop first and to say so; the last one's word releases. What is said of an
older epoch is nothing, so that the order in which provinces' words arrive does not matter.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, assert_never

from contracts.stewardship_codes import JOB_ENDED, OFFICE, STILL_EMPLOYED
from eventcore import Decider, Seen

from registry.stewardship import deaths
from registry.stewardship.commands import (
    End,
    HearJob,
    HearJobEnd,
    Hold,
    NoteDenial,
    NoteReportWithdrawn,
    NoteYield,
    ReportDeath,
    TenureCommand,
    WithdrawReport,
)
from registry.stewardship.events import addressed
from registry.stewardship.state import Ending, Holding, Tenure, Without
from registry.stewardship.tenure_events import (
    DeathReported,
    DeathReportWithdrawn,
    JobEndHeard,
    JobHeard,
    ReportWithdrawalNoted,
    RequestDenialNoted,
    TenureEnding,
    TenureEvent,
    TenureHeld,
    TenureKept,
    TenureReleased,
    TenureRequested,
    YieldNoted,
)

PLACEMENT: Final = "placement"
REGISTRY: Final = "registry"
ACTING: Final = (PLACEMENT, REGISTRY)
"""Services that act for a worker, and so have to yield."""


def decide(command: TenureCommand, tenure: Tenure, seen: Seen) -> Sequence[TenureEvent]:
    match command:
        case Hold():
            return _hold(command, tenure)
        case End():
            return _end(command, tenure)
        case NoteYield():
            return _yielded(command, tenure)
        case HearJob():
            return _job(command, tenure)
        case HearJobEnd():
            return _job_end(command, tenure)
        case NoteDenial():
            return [RequestDenialNoted(worker=command.worker, home=command.home, reason=command.reason)]
        case ReportDeath():
            return deaths.reported(command, tenure)
        case WithdrawReport():
            return deaths.report_withdrawn(command, tenure)
        case NoteReportWithdrawn():
            return deaths.report_withdrawal_noted(command, tenure)
        case _:
            assert_never(command)


def _hold(command: Hold, tenure: Tenure) -> Sequence[TenureEvent]:
    """Where no job is left here meanwhile it goes home at once."""
    if command.epoch <= tenure.epoch:
        return []
    held = TenureHeld(
        worker=command.worker,
        home=command.home,
        epoch=command.epoch,
        region=command.region,
        to=addressed(command.home, command.region),
        organisation=command.organisation,
    )
    if tenure.past.running or command.region == command.home:
        return [held]
    return [held, _handing_back(command.worker, command.home, command.epoch, command.organisation)]


def _handing_back(worker: str, home: str, epoch: int, organisation: str) -> TenureEnding:
    return TenureEnding(
        worker=worker,
        home=home,
        epoch=epoch,
        ground=JOB_ENDED,
        acting=ACTING,
        successor=home,
        own=False,
        organisation=organisation,
    )


def _end(command: End, tenure: Tenure) -> Sequence[TenureEvent]:
    """A recall that overtakes its grant ends that: nobody has begun to act under it."""
    if command.epoch < tenure.epoch or (command.epoch == tenure.epoch and not isinstance(tenure, Holding)):
        return []
    if command.ground == OFFICE and isinstance(tenure, Holding) and tenure.past.running:
        return [_kept(command, tenure)]
    return [
        TenureEnding(
            worker=command.worker,
            home=command.home,
            epoch=command.epoch,
            ground=command.ground,
            acting=ACTING,
            successor=command.successor,
            own=command.own,
            organisation=command.organisation,
        )
    ]


def _kept(command: End, tenure: Holding) -> TenureKept:
    """An office at home asks, and the worker has a job here."""
    return TenureKept(
        worker=command.worker,
        home=tenure.home,
        epoch=tenure.epoch,
        region=tenure.region,
        reason=STILL_EMPLOYED,
        to=addressed(tenure.home, tenure.region),
        organisation=command.organisation,
    )


def _yielded(command: NoteYield, tenure: Tenure) -> Sequence[TenureEvent]:
    if not isinstance(tenure, Ending) or command.epoch != tenure.epoch or command.service not in tenure.missing:
        return []
    noted = YieldNoted(worker=command.worker, epoch=command.epoch, service=command.service)
    if tenure.missing != {command.service}:
        return [noted]
    released = TenureReleased(
        worker=command.worker,
        home=tenure.home,
        epoch=tenure.epoch,
        ground=tenure.ground,
        to=() if tenure.own else (tenure.home,),
        organisation=command.organisation,
    )
    return [noted, released]


def _job(command: HearJob, tenure: Tenure) -> Sequence[TenureEvent]:
    if command.employment in tenure.past.running | tenure.past.over:
        return []
    heard = JobHeard(
        worker=command.worker,
        employment=command.employment,
        home=command.home,
        household_region=command.household_region,
        county=command.county,
    )
    if isinstance(tenure, Holding):
        return [heard]
    requested = TenureRequested(
        worker=command.worker,
        home=command.home,
        region=command.region,
        ground=command.ground,
        employment=command.employment,
        to=(command.home,),
        organisation=command.organisation,
    )
    return [heard, requested]


def _job_end(command: HearJobEnd, tenure: Tenure) -> Sequence[TenureEvent]:
    if command.employment in tenure.past.over:
        return []
    over = JobEndHeard(worker=command.worker, employment=command.employment)
    if not isinstance(tenure, Holding) or tenure.past.running - {command.employment}:
        return [over]
    return [over, _handing_back(command.worker, command.home, tenure.epoch, command.organisation)]


def evolve(tenure: Tenure, event: TenureEvent) -> Tenure:
    match event:
        case TenureHeld():
            return Holding(epoch=event.epoch, home=event.home, region=event.region, past=tenure.past)
        case TenureEnding():
            return Ending(
                epoch=event.epoch,
                home=event.home,
                ground=event.ground,
                missing=frozenset(event.acting),
                own=event.own,
                past=tenure.past,
            )
        case YieldNoted(service=service):
            return replace(tenure, missing=tenure.missing - {service}) if isinstance(tenure, Ending) else tenure
        case TenureReleased(epoch=epoch):
            return Without(epoch=epoch, guest_of=event.home if event.to else None, past=tenure.past)
        case JobHeard(employment=job):
            return _remembering(tenure, running=tenure.past.running | {job})
        case JobEndHeard(employment=job):
            return _remembering(tenure, running=tenure.past.running - {job}, over=tenure.past.over | {job})
        case DeathReported(home=home, epoch=epoch):
            return _remembering(tenure, death=(home, epoch))
        case DeathReportWithdrawn() | ReportWithdrawalNoted():
            return _remembering(tenure, death=None)
        case TenureKept() | TenureRequested() | RequestDenialNoted():
            return tenure
        case _:
            assert_never(event)


def _remembering(tenure: Tenure, **changes: Any) -> Tenure:
    return replace(tenure, past=replace(tenure.past, **changes))


TENURE: Final[Decider[TenureCommand, TenureEvent, Tenure]] = Decider(
    category="tenure", initial=Without(), decide=decide, evolve=evolve, events=TenureEvent
)
