"""The rules of the duty to place a worker: owed by whoever trained, delegated, and done with the first job (R-PLC-04,
R-PLC-05, R-PLC-28). Trainings and jobs are told in any order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, TypeAlias, assert_never

from eventcore import Acting, Decider, Seen

from placement.jobs.duties import refusals
from placement.jobs.duties.events import (
    DutyDelegated,
    DutyEvent,
    DutyFulfilled,
    TrainingCorrected,
    TrainingNoted,
    WorkNoted,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Training or a job said so; what is known already is not noted again."""

    event: TrainingNoted | TrainingCorrected | WorkNoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegate:
    worker: str
    training_class: str
    delegate: str
    kind: str
    evidence: str
    by: Acting


DutyCommand: TypeAlias = Note | Delegate


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Of one class."""

    institution: str
    region: str
    ended_on: date
    owed: bool
    delegate: str | None = None
    fulfilled_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    by_class: Mapping[str, Duty] = field(default_factory=dict)
    jobs: Mapping[str, date] = field(default_factory=dict)


def decide(command: DutyCommand, duties: Duties, seen: Seen) -> Sequence[DutyEvent]:
    match command:
        case Note(event=event):
            after = evolve(duties, event)
            return [event, *_fulfilled(event.worker, after)] if after != duties else []
        case Delegate():
            return _delegated(command, duties)
        case _:
            assert_never(command)


def _fulfilled(worker: str, duties: Duties) -> Iterable[DutyFulfilled]:
    """Classes that the worker has found work after."""
    for training_class, duty in sorted(duties.by_class.items()):
        found = sorted((on, job) for job, on in duties.jobs.items() if on >= duty.ended_on)
        if duty.owed and duty.fulfilled_by is None and found:
            on, job = found[0]
            yield DutyFulfilled(worker=worker, training_class=training_class, employment=job, fulfilled_on=on)


def _delegated(command: Delegate, duties: Duties) -> Sequence[DutyEvent]:
    duty = duties.by_class.get(command.training_class)
    if duty is None or not duty.owed:
        raise refusals.NoDuty
    if duty.fulfilled_by is not None:
        raise refusals.DutyDone
    if command.delegate == duty.institution:
        raise refusals.OwnDelegate
    if command.delegate == duty.delegate:
        return []
    return [
        DutyDelegated(
            worker=command.worker,
            training_class=command.training_class,
            delegate=command.delegate,
            kind=command.kind,
            evidence=command.evidence,
            delegated_on=command.by.today,
            official=command.by.official,
            organisation=command.by.organisation,
        )
    ]


def evolve(duties: Duties, event: DutyEvent) -> Duties:
    match event:
        case TrainingNoted():
            return _with(duties, event.training_class, _noted(duties.by_class.get(event.training_class), event))
        case TrainingCorrected(training_class=training_class, completed=completed):
            duty = duties.by_class.get(training_class)
            return _with(duties, training_class, replace(duty, owed=completed)) if duty else duties
        case WorkNoted(employment=employment, began_on=began_on):
            return replace(duties, jobs={**duties.jobs, employment: began_on})
        case DutyDelegated(training_class=training_class, delegate=delegate):
            return _with(duties, training_class, replace(duties.by_class[training_class], delegate=delegate))
        case DutyFulfilled(training_class=training_class, employment=employment):
            return _with(duties, training_class, replace(duties.by_class[training_class], fulfilled_by=employment))
        case _:
            assert_never(event)


def _noted(known: Duty | None, event: TrainingNoted) -> Duty:
    """An end is said once; what was corrected since stays."""
    return known or Duty(
        institution=event.institution, region=event.region, ended_on=event.ended_on, owed=event.completed
    )


def _with(duties: Duties, training_class: str, duty: Duty) -> Duties:
    return replace(duties, by_class={**duties.by_class, training_class: duty})


DUTY: Final[Decider[DutyCommand, DutyEvent, Duties]] = Decider(
    category="placement-duty", initial=Duties(), decide=decide, evolve=evolve, events=DutyEvent
)
