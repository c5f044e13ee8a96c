"""When a worker begins the job that a transfer was for, both sides have come to its end.

The host follows its own jobs; home hears of them from the other province, or follows its own.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from contracts.employment import EmploymentStartedV1
from contracts.region import province_of
from eventcore import Do, Fact

from placement.jobs.employments.events import EmploymentStarted, Terms
from placement.telling import province_told_by
from placement.transfers.home import commands as home
from placement.transfers.home.transfer import TRANSFER
from placement.transfers.host import commands as host
from placement.transfers.host.reception import RECEPTION

FOREIGN: Final = (EmploymentStartedV1.type,)


def when_a_job_starts_its_transfer_has_come_to_its_end(fact: Fact[Any]) -> Iterable[Do[Any]]:
    event = fact.event
    match event:
        case EmploymentStarted(terms=terms) if terms.transfer is not None:
            yield Do(RECEPTION, terms.transfer, _at_host(event))
            if province_of(terms.home) == province_of(terms.region):
                command = _at_home(terms, event.started_on, province_of(terms.region))
                yield Do(TRANSFER, terms.transfer, command)
        case EmploymentStartedV1(transfer=str(transfer)) if province := province_told_by(fact):
            yield Do(TRANSFER, transfer, _at_home(event, event.started_on, province))


def _at_host(event: EmploymentStarted) -> host.TakeJob:
    return host.TakeJob(
        employment=event.terms.employment,
        worker=event.terms.worker,
        started_on=event.started_on,
        organisation=event.organisation,
    )


def _at_home(job: Terms | EmploymentStartedV1, started_on: date, province: str) -> home.TakeJob:
    return home.TakeJob(by=province, employment=job.employment, worker=job.worker, started_on=started_on)
