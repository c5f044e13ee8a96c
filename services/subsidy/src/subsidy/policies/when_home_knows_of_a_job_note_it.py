"""When home knows of a worker's job, of a month or of its end, wherever the job is, that is noted in the worker's
dossier."""

from collections.abc import Iterable
from typing import Any

from contracts.employment import JobEndNotedV1, JobMonthNotedV1, JobNotedV1
from eventcore import Do, Fact

from subsidy.claims.dossier.dossier import DOSSIER, DossierCommand, Note
from subsidy.claims.dossier.job_events import JobEndNoted, JobMonthNoted, JobNoted
from subsidy.claims.dossier.parts import Said

TYPES = (JobNotedV1.type, JobMonthNotedV1.type, JobEndNotedV1.type)


def when_home_knows_of_a_job_note_it(fact: Fact[Any]) -> Iterable[Do[DossierCommand]]:
    event = fact.event
    if isinstance(event, JobNotedV1 | JobMonthNotedV1 | JobEndNotedV1):
        yield Do(DOSSIER, event.worker, Note(_noted(event, Said(fact=fact.id, order=fact.version))))


def _noted(event: JobNotedV1 | JobMonthNotedV1 | JobEndNotedV1, said: Said) -> JobNoted | JobMonthNoted | JobEndNoted:
    match event:
        case JobNotedV1():
            return JobNoted(
                worker=event.worker,
                employment=event.employment,
                employer=event.employer,
                home=event.home,
                region=event.region,
                occupation=event.occupation,
                started_on=event.started_on,
                said=said,
                concerns=(),
            )
        case JobMonthNotedV1():
            return JobMonthNoted(
                worker=event.worker,
                employment=event.employment,
                home=event.home,
                region=event.region,
                month=event.month,
                days=event.days,
                wage=event.wage,
                insured=event.insured,
                said=said,
                concerns=(),
            )
        case JobEndNotedV1():
            return JobEndNoted(
                worker=event.worker,
                employment=event.employment,
                ended_on=event.ended_on,
                said=said,
                concerns=(),
            )
