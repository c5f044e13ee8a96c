"""When a job begins or ends, here or elsewhere, the worker is followed up; and what another province registered is
noted."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from contracts.employment import EmploymentEndedV1, UnemploymentRegisteredV1
from contracts.region import province_of
from eventcore import Do, Fact

from placement.jobs.careers.events import Job, JobNoted
from placement.jobs.days import day_of
from placement.jobs.employments.events import EmploymentEnded, EmploymentStarted
from placement.jobs.followups.commands import FollowUpCommand, NoteJobBegun, NoteJobOver, NoteUnemployment
from placement.jobs.followups.events import ELSEWHERE, HERE
from placement.jobs.followups.followup import FOLLOW_UP
from placement.telling import province_told_by

FOREIGN: Final = (EmploymentEndedV1.type, UnemploymentRegisteredV1.type)


def when_a_job_begins_or_ends_follow_the_worker_up(fact: Fact[Any]) -> Iterable[Do[FollowUpCommand]]:
    command = _command(fact.event, province_told_by(fact), day_of(fact))
    if command is not None:
        yield Do(FOLLOW_UP, command.worker, command)


def _command(
    event: object, told_by: str | None, known_on: date
) -> NoteJobBegun | NoteJobOver | NoteUnemployment | None:
    match event:
        case EmploymentStarted(terms=terms, started_on=began_on):
            return NoteJobBegun(
                worker=terms.worker,
                home=terms.home,
                region=terms.region,
                employment=terms.employment,
                began_on=began_on,
                known_on=known_on,
                here=True,
            )
        case EmploymentEnded(terms=terms, ended_on=over_on, reason=reason, responsible=responsible):
            return NoteJobOver(
                worker=terms.worker,
                home=terms.home,
                region=terms.region,
                employment=terms.employment,
                over_on=over_on,
                known_on=known_on,
                reason=reason,
                registrar=HERE if responsible else None,
            )
        case JobNoted(job=job, started_on=began_on) if _is_elsewhere(job):
            return NoteJobBegun(
                worker=job.worker,
                home=job.home,
                region=job.region,
                employment=job.employment,
                began_on=began_on,
                known_on=known_on,
                here=False,
            )
        case EmploymentEndedV1() if told_by == province_of(event.region) and event.to == (province_of(event.home),):
            return NoteJobOver(
                worker=event.worker,
                home=event.home,
                region=event.home,
                employment=event.employment,
                over_on=event.ended_on,
                known_on=known_on,
                reason=event.reason,
                registrar=ELSEWHERE if event.responsible else None,
            )
        case UnemploymentRegisteredV1(worker=worker, registered_on=registered_on) if told_by:
            return NoteUnemployment(worker=worker, registered_on=registered_on, told_by=told_by)
        case _:
            return None


def _is_elsewhere(job: Job) -> bool:
    """Of jobs in this province their own stream tells."""
    return job.told_by != province_of(job.home)
