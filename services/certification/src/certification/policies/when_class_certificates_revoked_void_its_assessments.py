"""When the certificates of a class are revoked, its assessments are void: also one that the class hears of later."""

from collections.abc import Iterable
from typing import Any

from eventcore import Acting, Do, Fact

from certification.assessments.assessment import ASSESSMENT
from certification.assessments.commands import AssessmentCommand, VoidAssessment
from certification.classes.events import AssessmentNoted, ClassCertificatesRevoked, Fall


def when_class_certificates_revoked_void_its_assessments(fact: Fact[Any]) -> Iterable[Do[AssessmentCommand]]:
    match fact.event:
        case ClassCertificatesRevoked(assessments=assessments, fall=fall):
            for assessment in assessments:
                yield Do(ASSESSMENT, assessment, _void(fall))
        case AssessmentNoted(assessment=assessment, fall=Fall() as fall):
            yield Do(ASSESSMENT, assessment, _void(fall))


def _void(fall: Fall) -> VoidAssessment:
    by = Acting(official=fall.official, organisation=fall.organisation, today=fall.revoked_on)
    return VoidAssessment(reason=fall.reason, by=by)
