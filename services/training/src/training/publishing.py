"""What becomes public of this service's facts. Plans, inspections and intakes stay at home: each enrolment and each
student says what is counted, and a class who teaches in it."""

from typing import Any, TypeAlias, assert_never

from contracts.public_event import PublicEvent
from eventcore import Fact

from training.classes import publishing as classes
from training.classes.events import ClassEvent
from training.enrolments import publishing as enrolments
from training.enrolments.events import EnrolmentEvent
from training.enrolments.rounds import RoundHeld
from training.inspections.events import InspectionEvent
from training.institutions import publishing as institutions
from training.institutions.events import InstitutionEvent
from training.intakes.events import IntakeEvent
from training.plans.events import PlanEvent
from training.programmes import publishing as programmes
from training.programmes.events import ProgrammeEvent
from training.students import publishing as students
from training.students.events import StudentEvent


def publish(fact: Fact[Any]) -> PublicEvent | None:
    """A pure function of the event alone, so that a replay sends the same bytes."""
    return published(fact.event)


Event: TypeAlias = (
    InstitutionEvent
    | PlanEvent
    | ProgrammeEvent
    | ClassEvent
    | EnrolmentEvent
    | RoundHeld
    | InspectionEvent
    | IntakeEvent
    | StudentEvent
)


def published(event: Event) -> PublicEvent | None:
    if isinstance(event, InstitutionEvent):
        return institutions.publish(event)
    if isinstance(event, ProgrammeEvent):
        return programmes.publish(event)
    if isinstance(event, EnrolmentEvent):
        return enrolments.publish(event)
    if isinstance(event, ClassEvent):
        return classes.publish(event)
    if isinstance(event, StudentEvent):
        return students.publish(event)
    if isinstance(event, PlanEvent | RoundHeld | InspectionEvent | IntakeEvent):
        return None
    assert_never(event)
