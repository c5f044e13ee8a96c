"""One person under two ids has one career: what is said of the id for which another stands counts at that other."""

from collections.abc import Sequence
from typing import TypeAlias, assert_never

from placement.jobs.careers.commands import FollowLink, GiveBackJobs, TakeOverJobs
from placement.jobs.careers.events import (
    CareerStoodFor,
    JobEndNoted,
    JobMonthNoted,
    JobNoted,
    Jobs,
    JobsGivenBack,
    JobsTakenOver,
)
from placement.jobs.careers.state import Career, Record

LinkCommand: TypeAlias = FollowLink | TakeOverJobs | GiveBackJobs
LinkEvent: TypeAlias = CareerStoodFor | JobsTakenOver | JobsGivenBack
Said: TypeAlias = JobNoted | JobMonthNoted | JobEndNoted


def noted(career: Career, said: Said) -> Sequence[Said | CareerStoodFor]:
    """What is said, and that it counts at the one who stands for the worker."""
    if career.canonical is None:
        return [said]
    job, jobs = said.job, Record().after(said).jobs
    return [said, _stood_for(job.worker, job.home, career.canonical, career.canonical, jobs)]


def decide(command: LinkCommand, career: Career) -> Sequence[LinkEvent]:
    match command:
        case FollowLink(worker=worker, canonical=canonical):
            if canonical == career.canonical:
                return []
            jobs = career.own.jobs if canonical else Jobs()
            return [_stood_for(worker, career.home, canonical, career.canonical, jobs)]
        case TakeOverJobs(worker=worker, other=other, jobs=jobs):
            if jobs == Jobs() or career.taking_over(other, jobs) == career:
                return []
            return [JobsTakenOver(worker=worker, home=career.home or command.home, other=other, jobs=jobs)]
        case GiveBackJobs(worker=worker, other=other):
            if other not in career.others:
                return []
            return [JobsGivenBack(worker=worker, home=career.home, other=other)]
        case _:
            assert_never(command)


def _stood_for(worker: str, home: str, canonical: str | None, before: str | None, jobs: Jobs) -> CareerStoodFor:
    return CareerStoodFor(worker=worker, home=home, canonical=canonical, before=before, jobs=jobs)
