"""Deciders, policies, views and routes of certification, as tables."""

from typing import Final

from eventcore.codec import Codec
from eventcore.readers import Policy

from certification.assessments.assessment import ASSESSMENT
from certification.assessments.views.assessments import ASSESSMENTS
from certification.bodies.body import BODY
from certification.bodies.views.bodies import BODIES
from certification.certificates.certificate import CERTIFICATE
from certification.certificates.views.certificates import CERTIFICATES
from certification.classes.training_class import CLASS
from certification.persons.person import PERSON
from certification.policies import (
    when_a_class_is_filed_note_who_teaches_it as note_teachers,
)
from certification.policies import (
    when_assessment_scheduled_note_it_at_its_class as note_assessments,
)
from certification.policies import (
    when_class_certificates_revoked_void_its_assessments as void_assessments,
)
from certification.policies import (
    when_registry_tells_of_a_worker_note_it as note_workers,
)
from certification.policies import (
    when_results_stand_or_fall_so_do_their_certificates as issue_and_revoke,
)
from certification.policies import (
    when_training_tells_of_a_worker_note_it_at_the_class as note_members,
)

DECIDERS: Final = (BODY, ASSESSMENT, CERTIFICATE, CLASS, PERSON)
VIEWS: Final = (BODIES, ASSESSMENTS, CERTIFICATES)
_ASSESSMENTS: Final = Codec(ASSESSMENT.events)
_CLASSES: Final = Codec(CLASS.events)
POLICIES: Final = (
    Policy(
        "when_registry_tells_of_a_worker_note_it",
        note_workers.when_registry_tells_of_a_worker_note_it,
        foreign=note_workers.FOREIGN,
    ),
    Policy(
        "when_a_class_is_filed_note_who_teaches_it",
        note_teachers.when_a_class_is_filed_note_who_teaches_it,
        foreign=note_teachers.FOREIGN,
    ),
    Policy(
        "when_training_tells_of_a_worker_note_it_at_the_class",
        note_members.when_training_tells_of_a_worker_note_it_at_the_class,
        foreign=note_members.FOREIGN,
    ),
    Policy(
        "when_assessment_scheduled_note_it_at_its_class",
        note_assessments.when_assessment_scheduled_note_it_at_its_class,
        own=(_ASSESSMENTS,),
    ),
    Policy(
        "when_class_certificates_revoked_void_its_assessments",
        void_assessments.when_class_certificates_revoked_void_its_assessments,
        own=(_CLASSES,),
    ),
    Policy(
        "when_results_stand_or_fall_so_do_their_certificates",
        issue_and_revoke.when_results_stand_or_fall_so_do_their_certificates,
        own=(_ASSESSMENTS,),
    ),
)
