"""Jobs and careers of made-up workers, as their rules and policies see them."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from eventcore import Acting, Decider, Seen, fold
from eventcore.decider import Read
from placement.jobs.careers.events import Job, JobEndNoted, JobMonthNoted, JobNoted
from placement.jobs.employments.commands import Hiring
from placement.jobs.employments.events import EmploymentStarted, Terms

HOME, HOST = "520526", "440306"
WORKER, EMPLOYER = "w1", "91440300MA5DTAAA10"
LABOURER, WELDER = "2022/4-02-05-01", "2022/6-18-02-04"
TODAY: Final = date(2026, 11, 24)
BY: Final = Acting(official="zhao", organisation="hr-440306", today=TODAY)
TERMS: Final = Terms(
    employment="e1",
    worker=WORKER,
    home=HOME,
    employer=EMPLOYER,
    region=HOST,
    occupation=LABOURER,
    form="ENTERPRISE",
    self_found=True,
    transfer=None,
)
HIRING: Final = Hiring(
    employment="e1",
    worker=WORKER,
    home=HOME,
    employer=EMPLOYER,
    region=HOST,
    occupation=LABOURER,
    form="ENTERPRISE",
    placed=None,
)
STARTED: Final = EmploymentStarted(
    terms=TERMS, started_on=date(2026, 3, 2), certificates=(), official="zhao", organisation="hr-440306"
)
JOB: Final = Job(
    employment="e1",
    worker=WORKER,
    home=HOME,
    told_by="440000",
    employer=EMPLOYER,
    region=HOST,
    occupation=LABOURER,
    self_found=True,
    transfer=None,
)


def by(today: date) -> Acting:
    """The official, on another day."""
    return replace(BY, today=today)


def job(employment: str, region: str = HOST) -> Job:
    """A job of the worker in a county, told by its province."""
    return replace(JOB, employment=employment, region=region, told_by=f"{region[:2]}0000")


def begun(employment: str, on: date) -> JobNoted:
    """Known at home on the first day."""
    return JobNoted(job=job(employment), started_on=on, noted_on=on)


def month(employment: str, name: str, days: int, order: int = 1) -> JobMonthNoted:
    return JobMonthNoted(job=job(employment), month=name, days=days, wage=500_000, insured=True, order=order)


def over(employment: str, on: date) -> JobEndNoted:
    return JobEndNoted(job=job(employment), ended_on=on, reason="TERM_OVER")


def seeing(decider: Decider[Any, Any, Any], command: object, **histories: Any) -> Seen:
    """What a command asks to see: nothing has happened in streams that are not named by their category."""
    reads: list[Read] = list(decider.reads(command))
    states = {
        (read.decider.category, read.key): fold(
            read.decider, histories.get(read.decider.category.replace("-", "_"), ())
        )
        for read in reads
        if read.decider is not None
    }
    return Seen(states, histories.get("holders", {}))
