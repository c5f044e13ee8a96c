"""What the service gets from this folder."""

from collections.abc import Sequence
from typing import Any, Final

from eventcore.codec import Codec
from eventcore.decider import Decider
from eventcore.exchange.pairs import pairs_agree
from eventcore.reactions import Do
from eventcore.readers import Alarm, Policy, View
from eventcore.store import Store
from fastapi import APIRouter

from placement.jobs.careers.api import careers
from placement.jobs.careers.career import CAREER, ring
from placement.jobs.careers.views.careers import CAREERS
from placement.jobs.duties import api as duties
from placement.jobs.duties.duty import DUTY
from placement.jobs.duties.views.duties import DUTIES
from placement.jobs.employments import api as employments
from placement.jobs.employments.employment import EMPLOYMENT
from placement.jobs.employments.gaps_api import gaps
from placement.jobs.employments.views.employments import EMPLOYMENTS
from placement.jobs.followups import api as followups
from placement.jobs.followups.commands import CallVisit
from placement.jobs.followups.followup import FOLLOW_UP
from placement.jobs.followups.views.followups import FOLLOW_UPS
from placement.jobs.qualifications.qualification import QUALIFICATION
from placement.jobs.rules.api import checks
from placement.policies import when_a_certificate_is_told_of_note_it_for_hiring as note_certificates
from placement.policies import when_a_class_is_over_its_trainer_owes_work as owe_work
from placement.policies import when_a_job_begins_or_ends_follow_the_worker_up as follow_up
from placement.policies import when_a_job_is_lost_register_the_unemployment as register_unemployment
from placement.policies import when_a_job_is_told_of_note_it_in_the_career as note_jobs
from placement.policies import when_two_ids_are_one_person_their_jobs_are_one_career as one_career
from placement.settings import PlacementSettings
from placement.transfers.permission.permission import PERMISSION
from placement.transfers.persons.person import PERSON

_EMPLOYMENTS: Final = Codec(EMPLOYMENT.events)
_CAREERS: Final = Codec(CAREER.events)
DECIDERS: Final[Sequence[Decider[Any, Any, Any]]] = (QUALIFICATION, EMPLOYMENT, CAREER, FOLLOW_UP, DUTY)
POLICIES: Final[Sequence[Policy]] = (
    Policy(
        "when_a_certificate_is_told_of_note_it_for_hiring",
        note_certificates.when_a_certificate_is_told_of_note_it_for_hiring,
        foreign=note_certificates.FOREIGN,
    ),
    Policy(
        "when_a_job_is_told_of_note_it_in_the_career",
        note_jobs.when_a_job_is_told_of_note_it_in_the_career,
        own=(_EMPLOYMENTS,),
        foreign=note_jobs.FOREIGN,
    ),
    Policy(
        "when_two_ids_are_one_person_their_jobs_are_one_career",
        one_career.when_two_ids_are_one_person_their_jobs_are_one_career,
        own=(_CAREERS, Codec(PERSON.events)),
    ),
    Policy(
        "when_a_job_begins_or_ends_follow_the_worker_up",
        follow_up.when_a_job_begins_or_ends_follow_the_worker_up,
        own=(_EMPLOYMENTS, _CAREERS),
        foreign=follow_up.FOREIGN,
    ),
    Policy(
        "when_a_job_is_lost_register_the_unemployment",
        register_unemployment.when_a_job_is_lost_register_the_unemployment,
        own=(Codec(FOLLOW_UP.events), Codec(PERMISSION.events)),
        when=pairs_agree,
    ),
    Policy(
        "when_a_class_is_over_its_trainer_owes_work",
        owe_work.when_a_class_is_over_its_trainer_owes_work,
        own=(_EMPLOYMENTS, _CAREERS),
        foreign=owe_work.FOREIGN,
    ),
)
VIEWS: Final[Sequence[View[Any]]] = (EMPLOYMENTS, CAREERS, FOLLOW_UPS, DUTIES)
ALARMS: Final[Sequence[Alarm]] = (
    Alarm(CAREER.category, lambda worker, name: Do(CAREER, worker, ring(worker, name))),
    Alarm(FOLLOW_UP.category, lambda worker, _: Do(FOLLOW_UP, worker, CallVisit(worker=worker)), when=pairs_agree),
)


def routers(settings: PlacementSettings, store: Store) -> Sequence[APIRouter]:
    """Routes of this folder."""
    return (
        employments.routes(employments.Routes()),
        gaps,
        careers,
        followups.routes(),
        duties.routes(),
        checks,
    )
