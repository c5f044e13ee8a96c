"""The rules of an intake: a key technical school's places, given to poor households first, who choose first; and the
internships of those who are there, in the same order (R-INS-33, R-TRN-14, R-TRN-15, R-TRN-57)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, assert_never

from eventcore import Decider, Effect, Read, Seen, Take
from eventcore.decider import Undecided

from training.enrolments.enrolment import ENROLMENT
from training.institutions import institution as institutions
from training.institutions.institution import INSTITUTION
from training.intakes import admitting, refusals
from training.intakes.commands import FileIntake, GiveInternships, HoldAdmission, IntakeCommand
from training.intakes.events import AdmissionHeld, IntakeEvent, IntakeFiled, InternshipsGiven
from training.intakes.state import Filed, Intake, Unknown, known
from training.plans import plan as plans
from training.plans.plan import PLAN
from training.students.state import AT_SCHOOL, AtSchool
from training.students.student import STUDENT

KEY_GRADES: Final = ("NATIONAL", "PROVINCIAL")
"""Of `base-grades`: the province's key schools, and those above them."""
TECHNICAL_SCHOOL: Final = "TECHNICAL_SCHOOL"


def decide(command: IntakeCommand, intake: Intake, seen: Seen) -> Sequence[IntakeEvent]:
    match command:
        case FileIntake():
            return file(command, intake, seen)
        case HoldAdmission():
            _key_school(command.school, seen)
            return admitting.hold(command, known(intake), seen)
        case GiveInternships():
            return give_internships(command, known(intake), seen)
        case _:
            assert_never(command)


def _key_school(school: str, seen: Seen) -> institutions.Registered:
    """Refuses a school that is below the province's key grade, or that is no base any more."""
    found = institutions.known(seen.state(INSTITUTION, school))
    if found.kind != TECHNICAL_SCHOOL or found.base.grade not in KEY_GRADES:
        raise refusals.NotAKeySchool
    return found


def file(command: FileIntake, intake: Intake, seen: Seen) -> Sequence[IntakeEvent]:
    school, plan = _key_school(command.school, seen), plans.known(seen.state(PLAN, command.plan))
    for each in command.specialties:
        school.may_teach(each.occupation, command.starts_on)
        plan.names(each.occupation, command.school, command.region, command.starts_on)
    if isinstance(intake, Filed):
        return []
    return [
        IntakeFiled(
            intake=command.intake,
            school=command.school,
            region=command.region,
            plan=command.plan,
            starts_on=command.starts_on,
            specialties=command.specialties,
            evidence=command.evidence,
            by=command.by,
            organisation=command.organisation,
        )
    ]


def give_internships(command: GiveInternships, intake: Filed, seen: Seen) -> Sequence[IntakeEvent]:
    """To those who are at school and have none, in the order of the priorities. Undecided where somebody got a place
    since the command was made, of whom it does not know."""
    if command.ends_on <= command.starts_on:
        raise refusals.InternshipDaysWrong
    intake.specialty(command.specialty)
    students = intake.admitted(command.specialty)
    if not set(students) <= set(command.known):
        raise Undecided
    waiting = [each for each in students if each not in intake.interns and _is_there(each, intake, seen)]
    if not waiting:
        return []
    return [
        InternshipsGiven(
            intake=intake.filed.intake,
            specialty=command.specialty,
            employer=command.employer,
            workers=tuple(waiting[: command.posts]),
            starts_on=command.starts_on,
            ends_on=command.ends_on,
            evidence=command.evidence,
            by=command.official,
            organisation=command.organisation,
        )
    ]


def _is_there(worker: str, intake: Filed, seen: Seen) -> bool:
    student = seen.state(STUDENT, worker)
    if not isinstance(student, AtSchool) or student.study.intake != intake.filed.intake:
        return False
    return student.on_leave_since is None


def evolve(intake: Intake, event: IntakeEvent) -> Intake:
    match event:
        case IntakeFiled():
            return Filed(filed=event)
        case AdmissionHeld():
            found = known(intake)
            return replace(found, given=(*found.given, *event.given))
        case InternshipsGiven():
            found = known(intake)
            return replace(found, interns=found.interns | set(event.workers))
        case _:
            assert_never(event)


def reads(command: IntakeCommand) -> Iterable[Read]:
    match command:
        case FileIntake():
            yield Read(INSTITUTION, command.school)
            yield Read(PLAN, command.plan)
        case HoldAdmission():
            yield Read(INSTITUTION, command.school)
            for each in command.applicants:
                yield Read(ENROLMENT, each.worker)
                yield Read(guard=(AT_SCHOOL, each.worker))
        case GiveInternships():
            for worker in command.known:
                yield Read(STUDENT, worker)
        case _:
            assert_never(command)


def effects(before: Intake, event: IntakeEvent) -> Iterable[Effect]:
    """One worker, one school."""
    if isinstance(event, AdmissionHeld):
        yield from (Take(AT_SCHOOL, each.worker, holder=event.intake) for each in event.given if each.study)


INTAKE: Final[Decider[IntakeCommand, IntakeEvent, Intake]] = Decider(
    category="intake", initial=Unknown(), decide=decide, evolve=evolve, events=IntakeEvent, reads=reads, effects=effects
)
