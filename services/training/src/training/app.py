"""Composition root: the only place where training is wired."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from contracts import dialect, region
from contracts.catalogue import topics_of
from eventcore import Do
from eventcore.clock import CLOCK
from eventcore.codec import Codec
from eventcore.readers import Alarm, Policy
from eventcore.service import Service
from eventcore.serving import Program
from eventcore.store import Store
from eventcore.web import catalogue_file
from fastapi import APIRouter

from training.archives import api as archives
from training.classes import api as classes
from training.classes.reading import classes_shown
from training.classes.training_class import CLASS
from training.classes.views.classes import CLASSES
from training.enrolments import api as enrolments
from training.enrolments.choosing import classes_listed
from training.enrolments.enrolment import ENROLMENT
from training.enrolments.events import DeathNoted
from training.enrolments.reading import enrolments_shown
from training.enrolments.rounds import ROUND
from training.enrolments.views.roster import ROSTER
from training.inspections import api as inspections
from training.inspections.inspection import INSPECTION
from training.institutions import api as institutions
from training.institutions.institution import INSTITUTION
from training.institutions.views.bases import BASES, bases_listed
from training.intakes import api as intakes
from training.intakes.events import AdmissionHeld, InternshipsGiven
from training.intakes.intake import INTAKE
from training.plans import api as plans
from training.plans.plan import PLAN
from training.policies.when_a_student_dies_they_leave_school import when_a_student_dies_they_leave_school
from training.policies.when_an_intake_gives_places_its_students_have_them import (
    when_an_intake_gives_places_its_students_have_them,
)
from training.policies.when_class_is_over_say_what_it_was_to_its_trainees import (
    when_class_is_over_say_what_it_was_to_its_trainees,
)
from training.policies.when_registry_decides_on_a_worker_note_it import (
    FOREIGN,
    when_registry_decides_on_a_worker_note_it,
)
from training.policies.when_worker_is_stood_for_their_classes_count_for_both import (
    when_worker_is_stood_for_their_classes_count_for_both,
)
from training.programmes.api import programmes
from training.programmes.programme import PROGRAMME
from training.programmes.shortages import shortages_listed
from training.programmes.views.catalogue import CATALOGUE, catalogue_listed
from training.publishing import publish
from training.settings import TrainingSettings
from training.students import api as students
from training.students.reading import students_shown
from training.students.student import STUDENT, let_month_pass
from training.students.views.changes import CHANGES
from training.students.views.ledger import STUDENTS
from training.students.views.persons import PERSONS

catalogue_file(files("training") / "problems.csv")

SERVICE: Final = Service(
    name="training",
    dialect=dialect,
    migrations=Path(__file__).resolve().parents[2] / "migrations",
    deciders=(INSTITUTION, PLAN, PROGRAMME, CLASS, ENROLMENT, ROUND, INSPECTION, INTAKE, STUDENT),
    policies=(
        Policy("when_registry_decides_on_a_worker_note_it", when_registry_decides_on_a_worker_note_it, foreign=FOREIGN),
        Policy(
            "when_worker_is_stood_for_their_classes_count_for_both",
            when_worker_is_stood_for_their_classes_count_for_both,
            own=(Codec(ENROLMENT.events),),
        ),
        Policy(
            "when_class_is_over_say_what_it_was_to_its_trainees",
            when_class_is_over_say_what_it_was_to_its_trainees,
            own=(Codec(CLASS.events),),
        ),
        Policy(
            "when_an_intake_gives_places_its_students_have_them",
            when_an_intake_gives_places_its_students_have_them,
            own=(Codec(AdmissionHeld | InternshipsGiven),),
        ),
        Policy(
            "when_a_student_dies_they_leave_school",
            when_a_student_dies_they_leave_school,
            own=(Codec(DeathNoted),),
        ),
    ),
    alarms=(Alarm(STUDENT.category, lambda worker, timer: Do(STUDENT, worker, let_month_pass(timer))),),
    views=(BASES, CATALOGUE, CLASSES, ROSTER, STUDENTS, CHANGES, PERSONS),
    publish=publish,
    topics=tuple(f"{topic.service}.{topic.stream_kind}.{topic.series}" for topic in topics_of("training")),
    follows=("registry.worker.1",),
)


def routers(settings: TrainingSettings, store: Store) -> Sequence[APIRouter]:
    """All routes of training."""
    return (
        bases_listed,
        institutions.routes(institutions.Routes(clock=CLOCK)),
        catalogue_listed,
        shortages_listed,
        programmes,
        plans.routes(plans.Routes(clock=CLOCK)),
        classes_listed,
        classes_shown,
        classes.routes(classes.Routes(clock=CLOCK)),
        enrolments_shown,
        enrolments.routes(enrolments.Routes(clock=CLOCK)),
        archives.routes(archives.Routes(clock=CLOCK)),
        inspections.routes(inspections.Routes(clock=CLOCK)),
        intakes.routes(intakes.Routes(clock=CLOCK)),
        students_shown,
        students.routes(students.Routes(clock=CLOCK)),
    )


PROGRAM: Final = Program(
    service=SERVICE,
    description="Who teaches what, and each worker's way through a class. 培训机构、计划、班级与学员。",
    settings=TrainingSettings,
    routers=routers,
    lies_in=region.lies_in,
)
