"""Whether a session may be held: the body's scope on that day, its people, the place, and who trained the class."""

from collections.abc import Sequence
from typing import TypeAlias

from contracts.occupation import OccupationKey, equivalents
from contracts.region import lies_in
from eventcore import Rejected, Seen

from certification.assessments import refusals
from certification.assessments.commands import ScheduleAssessment
from certification.assessments.events import AssessmentEvent, AssessmentScheduled
from certification.assessments.state import Assessment, Unknown
from certification.bodies import state as bodies
from certification.bodies.body import BODY
from certification.classes import training_class as classes
from certification.classes.training_class import CLASS
from certification.rules.routes import COMPLETION, Route, route

Session: TypeAlias = ScheduleAssessment | AssessmentScheduled
"""As it is asked for, or as it was scheduled."""


def schedule(command: ScheduleAssessment, found: Assessment, seen: Seen) -> Sequence[AssessmentEvent]:
    """R-CRT-02, R-CRT-10, R-CRT-17, R-ADD-03."""
    if not isinstance(found, Unknown):
        raise refusals.AssessmentScheduledAlready
    body, way, day = bodies.known(seen.state(BODY, command.body)), route(command.route), command.held_on
    if body.is_suspended(day) or body.is_suspended(command.by.today):
        raise refusals.BodyIsSuspended
    line = body.scope_on(command.route, command.occupation, command.level, day)
    if line is None:
        raise refusals.OutOfScope
    kind = way.kind_on(day)
    if kind is None:
        raise refusals.RouteNotYet
    _require_people(command, body, way)
    mobile = _require_place(command, body)
    if command.training_class is None and command.route == COMPLETION:
        raise refusals.ClassMissing
    require_independence(command, body, seen)
    return [
        AssessmentScheduled(
            assessment=command.assessment,
            body=command.body,
            route=command.route,
            kind=kind,
            occupation=command.occupation,
            level=command.level,
            held_on=day,
            region=command.region,
            mobile=mobile,
            assessors=command.assessors,
            supervisor=command.supervisor,
            training_class=command.training_class,
            standard_fee=line.standard_fee,
            official=command.by.official,
            organisation=command.by.organisation,
        )
    ]


def _require_people(command: ScheduleAssessment, body: bodies.Registered, way: Route) -> None:
    """Assessors, each once, and a supervisor where the route has one; all valid on the day (R-CRT-17)."""
    day, assessors = command.held_on, set(command.assessors)
    if len(assessors) < way.assessors or not all(body.has(each, "ASSESSOR", day) for each in assessors):
        raise refusals.AssessorNotValid
    supervisor = command.supervisor
    if supervisor is None and not way.supervised:
        return
    if supervisor is None or supervisor in assessors or not body.has(supervisor, "SUPERVISOR", day):
        raise refusals.SupervisorNotValid


def _require_place(command: ScheduleAssessment, body: bodies.Registered) -> bool:
    """Whether it is away from the body's site; then it must be filed for the place and the day."""
    mobile = command.mobile or not lies_in(command.region, body.region, command.held_on)
    if mobile and not body.filed(command.region, command.held_on):
        raise refusals.MobileNotFiled
    return mobile


def require_independence(session: Session, body: bodies.Registered, seen: Seen) -> None:
    """When it is scheduled, and again when its results are confirmed: who teaches may have become known in between. A
    class whose certificates were revoked gets no new ones."""
    if session.training_class is None:
        return
    trained = classes.known(seen.state(CLASS, session.training_class))
    barred = barred_by(session, body, trained)
    if barred is not None:
        raise barred
    if trained.fall is not None:
        raise refusals.AssessmentIsVoid
    concept = equivalents(OccupationKey.parse(session.occupation), session.held_on)
    if OccupationKey.parse(trained.occupation) not in concept:
        raise refusals.ClassOfAnotherOccupation


def barred_by(session: Session, body: bodies.Registered, trained: classes.Known) -> Rejected | None:
    """Who trained or taught does not assess (R-CRT-02)."""
    if trained.institution == session.body:
        return refusals.TrainerMayNotAssess()
    if trained.teachers is None:
        return refusals.TeachersNotKnown()
    teach = body.teaching(trained.institution, {*session.assessors, session.supervisor}) & trained.teachers
    return refusals.TeacherMayNotAssess() if teach else None
