"""When a job of a worker of this province begins, counts a month or ends, here or elsewhere, the career knows it."""

from collections.abc import Iterable
from typing import Any, Final, get_args

from contracts.employment import Employment, EmploymentEndedV1, EmploymentStartedV1, MonthConfirmedV1
from contracts.region import province_of
from eventcore import Do, Fact

from placement.jobs.careers.career import CAREER
from placement.jobs.careers.commands import CareerCommand, NoteJob
from placement.jobs.careers.events import Job, JobEndNoted, JobMonthNoted, JobNoted
from placement.jobs.days import day_of
from placement.jobs.employments.events import EmploymentEvent
from placement.jobs.employments.publishing import publish
from placement.telling import province_told_by

FOREIGN: Final = (EmploymentStartedV1.type, MonthConfirmedV1.type, EmploymentEndedV1.type)


def when_a_job_is_told_of_note_it_in_the_career(fact: Fact[Any]) -> Iterable[Do[CareerCommand]]:
    event = publish(fact.event) if isinstance(fact.event, get_args(EmploymentEvent)) else fact.event
    if isinstance(event, Employment) and (told_by := _teller(event, fact)) and (said := _said(event, told_by, fact)):
        yield Do(CAREER, event.worker, NoteJob(said=said, today=day_of(fact)))


def _teller(event: Employment, fact: Fact[Any]) -> str | None:
    """Who says so; None where it is not for this province: the worker's home is another."""
    home = province_of(event.home)
    if not fact.source:
        return None if event.to else home
    return province_told_by(fact) if event.to == (home,) else None


def _said(event: Employment, told_by: str, fact: Fact[Any]) -> JobNoted | JobMonthNoted | JobEndNoted | None:
    job = _job(event, told_by)
    match event:
        case EmploymentStartedV1(started_on=started_on):
            return JobNoted(job=job, started_on=started_on, noted_on=day_of(fact))
        case MonthConfirmedV1():
            return JobMonthNoted(
                job=job,
                month=event.month,
                days=event.days,
                wage=event.wage,
                insured=event.insured,
                order=fact.version,
            )
        case EmploymentEndedV1(ended_on=ended_on, reason=reason):
            return JobEndNoted(job=job, ended_on=ended_on, reason=reason)
        case _:
            return None


def _job(event: Employment, told_by: str) -> Job:
    return Job(
        employment=event.employment,
        worker=event.worker,
        home=event.home,
        told_by=told_by,
        employer=event.employer,
        region=event.region,
        occupation=event.occupation,
        self_found=event.self_found,
        transfer=event.transfer,
    )
