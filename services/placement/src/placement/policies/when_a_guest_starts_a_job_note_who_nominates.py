"""When a worker of another home starts a job here, the county of the work is the one that may nominate the guest."""

from collections.abc import Iterable
from typing import Any

from contracts.region import province_of
from eventcore import Do, Fact

from placement.jobs.employments.events import EmploymentStarted
from placement.transfers.persons.events import GuestNoted
from placement.transfers.persons.person import PERSON, Note


def when_a_guest_starts_a_job_note_who_nominates(fact: Fact[Any]) -> Iterable[Do[Note]]:
    match fact.event:
        case EmploymentStarted(terms=terms) if province_of(terms.home) != province_of(terms.region):
            noted = GuestNoted(worker=terms.worker, county=terms.region, household_region=terms.home)
            yield Do(PERSON, terms.worker, Note(event=noted))
