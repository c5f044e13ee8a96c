"""The rules of a job: hired, started once, confirmed month by month, ended (R-PLC-02, R-PLC-03, R-PLC-16, R-PLC-21)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final, assert_never

from eventcore import Decider, Effect, Read, Release, Seen, Take

from placement.jobs import months
from placement.jobs.employments import hiring, refusals
from placement.jobs.employments.commands import (
    ConfirmMonth,
    EmploymentCommand,
    EndEmployment,
    SignContract,
    StartEmployment,
)
from placement.jobs.employments.events import (
    ContractSigned,
    EmploymentEnded,
    EmploymentEvent,
    EmploymentStarted,
    MonthConfirmed,
)
from placement.jobs.employments.state import Employment, Hired, Over, Unknown, Working, days_until
from placement.transfers.host.state import JOB_OF_TRANSFER
from placement.transfers.permission.permission import PERMISSION, Acting


def decide(command: EmploymentCommand, employment: Employment, seen: Seen) -> Sequence[EmploymentEvent]:
    match command:
        case SignContract():
            return hiring.sign(command, employment, seen)
        case StartEmployment():
            return hiring.start(command, employment, seen)
        case ConfirmMonth():
            return confirm(command, started(employment))
        case EndEmployment():
            return end(command, started(employment), seen)
        case _:
            assert_never(command)


def started(employment: Employment) -> Working | Over:
    """The job. Refuses where nobody works or worked."""
    if isinstance(employment, Unknown | Hired):
        raise refusals.EmploymentNotThere
    return employment


def confirm(command: ConfirmMonth, employment: Working | Over) -> Sequence[EmploymentEvent]:
    """Also after the end, and again: then the later counts."""
    job, until = days_until(employment, command.by.today)
    last = until - timedelta(days=1)
    if not months.of(job.started_on) <= months.number(command.month) <= months.of(last):
        raise refusals.MonthOutside
    if command.days > job.longest(command.month, until):
        raise refusals.TooManyDays
    known = job.months.get(command.month)
    said = MonthConfirmed(
        terms=job.terms,
        month=command.month,
        days=command.days,
        wage=command.wage,
        insured=command.insured,
        official=command.by.official,
        organisation=command.by.organisation,
    )
    same = known is not None and replace(said, official=known.official, organisation=known.organisation) == known
    return [] if same else [said]


def end(command: EndEmployment, employment: Working | Over, seen: Seen) -> Sequence[EmploymentEvent]:
    """Who is responsible now registers the loss, whatever becomes of that responsibility: so it is done once."""
    if isinstance(employment, Over):
        if (employment.ended_on, employment.reason) != (command.ended_on, command.reason):
            raise refusals.EmploymentEndedAlready
        return []
    if not employment.started_on <= command.ended_on <= command.by.today + timedelta(days=1):
        raise refusals.DayOutOfOrder
    if any(each.days > employment.longest(month, command.ended_on) for month, each in employment.months.items()):
        raise refusals.MonthsAfterEnd
    return [
        EmploymentEnded(
            terms=employment.terms,
            ended_on=command.ended_on,
            reason=command.reason,
            responsible=isinstance(seen.state(PERMISSION, command.worker), Acting),
            official=command.by.official,
            organisation=command.by.organisation,
        )
    ]


def evolve(employment: Employment, event: EmploymentEvent) -> Employment:
    match event:
        case ContractSigned(terms=terms):
            if isinstance(employment, Working):
                return replace(employment, contract=event)
            return Hired(terms=terms, contract=event)
        case EmploymentStarted(terms=terms, started_on=started_on):
            contract = employment.contract if isinstance(employment, Hired) else None
            return Working(terms=terms, contract=contract, started_on=started_on)
        case MonthConfirmed(month=month):
            found = started(employment)
            job = found.job if isinstance(found, Over) else found
            after = replace(job, months={**job.months, month: event})
            return replace(found, job=after) if isinstance(found, Over) else after
        case EmploymentEnded(ended_on=ended_on, reason=reason):
            if isinstance(employment, Working):
                return Over(job=employment, ended_on=ended_on, reason=reason)
            return employment
        case _:
            assert_never(event)


def reads(command: EmploymentCommand) -> Iterable[Read]:
    if isinstance(command, SignContract | StartEmployment):
        yield from hiring.reads(command)
    if isinstance(command, EndEmployment):
        yield Read(PERMISSION, command.worker)


def effects(_: Employment, event: EmploymentEvent) -> Iterable[Effect]:
    """One job of a worker with an employer at a time, and one of a transfer ever."""
    terms = event.terms
    match event:
        case EmploymentStarted():
            yield Take(hiring.AT_EMPLOYER, hiring.at_employer(terms.worker, terms.employer), terms.employment)
            if terms.transfer is not None:
                yield Take(JOB_OF_TRANSFER, terms.transfer, terms.employment)
        case EmploymentEnded():
            yield Release(hiring.AT_EMPLOYER, hiring.at_employer(terms.worker, terms.employer))
        case _:
            return


EMPLOYMENT: Final[Decider[EmploymentCommand, EmploymentEvent, Employment]] = Decider(
    category="employment",
    initial=Unknown(),
    decide=decide,
    evolve=evolve,
    events=EmploymentEvent,
    reads=reads,
    effects=effects,
)
