"""When an assessment is scheduled for a training class, the class knows it, so that certificates can fall by class."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from certification.assessments.events import AssessmentScheduled
from certification.classes.training_class import CLASS, ClassCommand, NoteAssessment


def when_assessment_scheduled_note_it_at_its_class(fact: Fact[Any]) -> Iterable[Do[ClassCommand]]:
    match fact.event:
        case AssessmentScheduled(training_class=str(training_class), assessment=assessment):
            command = NoteAssessment(training_class=training_class, assessment=assessment)
            yield Do(CLASS, training_class, command)
