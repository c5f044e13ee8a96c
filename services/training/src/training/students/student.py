"""The rules of a worker's way through technical schools, in one decider: one school at a time (R-ADD-05)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Final, assert_never

from eventcore import Decider, Effect, Read, Release, Seen, Take, Wake
from eventcore.clock import LEGAL

from training.enrolments.enrolment import ENROLMENT
from training.students import leaving, looking, refusals
from training.students.commands import (
    Admit,
    ArrangeInternship,
    AssignMentor,
    Change,
    EndByDeath,
    Graduate,
    Leave,
    LetMonthPass,
    RecordCheck,
    StudentCommand,
)
from training.students.events import (
    InternshipArranged,
    MentorAssigned,
    MonthlyCheckMissed,
    MonthlyStudentCheck,
    SchoolYearBegun,
    StudentAdmitted,
    StudentChanged,
    StudentEvent,
    StudentGraduated,
    StudentLeft,
)
from training.students.months import after, month_of
from training.students.state import AT_SCHOOL, MENTOR, ONE_TO_ONE, AtSchool, Outside, Student, at_school, mentor_of

CHECK: Final = "check"
"""Timers are named by it and their month."""


def decide(command: StudentCommand, student: Student, seen: Seen) -> Sequence[StudentEvent]:
    match command:
        case Admit():
            return admit(command, student, seen)
        case ArrangeInternship():
            return arrange(command, student)
        case EndByDeath():
            return leaving.died(command, student)
        case LetMonthPass():
            return looking.let_pass(command, student)
        case Change():
            return change(command, at_school(student))
        case AssignMentor():
            return looking.assign(command, at_school(student), seen)
        case RecordCheck():
            return looking.record(command, at_school(student))
        case Graduate():
            return leaving.graduate(command, student)
        case Leave():
            return leaving.leave(command, student)
        case _:
            assert_never(command)


def admit(command: Admit, student: Student, seen: Seen) -> Sequence[StudentEvent]:
    """The round has decided; who has died since then leaves at once."""
    if isinstance(student, AtSchool):
        if student.study == command.study:
            return []
        raise refusals.AtASchool
    admitted = StudentAdmitted(
        worker=command.worker,
        study=command.study,
        priority=command.priority,
        wish=command.wish,
        admitted_on=command.admitted_on,
        evidence=command.evidence,
        by=command.by,
        organisation=command.organisation,
    )
    died_on = seen.state(ENROLMENT, command.worker).died_on
    if died_on is None:
        return [admitted]
    return [admitted, *leaving.died(EndByDeath(worker=command.worker, died_on=died_on), evolve(student, admitted))]


def arrange(command: ArrangeInternship, student: Student) -> Sequence[StudentEvent]:
    """Who left meanwhile needs none."""
    if isinstance(student, Outside) or student.study.intake != command.intake or student.internship is not None:
        return []
    return [
        InternshipArranged(
            worker=student.worker,
            study=student.study,
            employer=command.employer,
            starts_on=command.starts_on,
            ends_on=command.ends_on,
            evidence=command.evidence,
            by=command.by,
            organisation=command.organisation,
        )
    ]


def change(command: Change, student: AtSchool) -> Sequence[StudentEvent]:
    if not student.admitted_on <= command.changed_on <= command.today:
        raise refusals.StudentDayWrong
    if (command.change, command.changed_on) in student.changes:
        return []
    return [
        StudentChanged(
            worker=student.worker,
            study=student.study,
            change=command.change,
            changed_on=command.changed_on,
            evidence=command.evidence,
            by=command.official,
            organisation=command.organisation,
        )
    ]


def evolve(student: Student, event: StudentEvent) -> Student:
    if isinstance(event, StudentAdmitted):
        first = month_of(max(event.admitted_on, event.study.starts_on))
        return AtSchool(worker=event.worker, study=event.study, admitted_on=event.admitted_on, due=first)
    found = at_school(student)
    match event:
        case StudentChanged():
            return _changed(found, event)
        case MentorAssigned():
            return replace(found, mentors={**found.mentors, event.duty: event.staff})
        case MonthlyStudentCheck():
            checks = {**found.checks, event.month: event}
            return replace(found, checks=checks, due=found.due and _next(found.due, checks))
        case SchoolYearBegun():
            return replace(found, years=found.years | {event.school_year})
        case MonthlyCheckMissed():
            return replace(found, due=_next(month_of(after(event.month)), found.checks))
        case InternshipArranged():
            return replace(found, internship=event)
        case StudentGraduated() | StudentLeft():
            return Outside(ended=event)
        case _:
            assert_never(event)


def _changed(student: AtSchool, event: StudentChanged) -> AtSchool:
    known = replace(student, changes=student.changes | {(event.change, event.changed_on)})
    match event.change:
        case "SUSPENDED":
            return replace(known, on_leave_since=event.changed_on, due=None)
        case "RESUMED" if student.on_leave_since is not None:
            return replace(known, on_leave_since=None, due=_next(month_of(event.changed_on), student.checks))
        case _:
            return known


def _next(month: str, checks: Mapping[str, object]) -> str:
    """The first month from this one on that nobody has looked at."""
    while month in checks:
        month = month_of(after(month))
    return month


def reads(command: StudentCommand) -> Iterable[Read]:
    match command:
        case Admit():
            yield Read(ENROLMENT, command.worker)
        case AssignMentor(duty=duty) if duty == ONE_TO_ONE:
            yield Read(guard=(MENTOR, mentor_of(command.school, command.staff)))
        case _:
            pass


def effects(before: Student, event: StudentEvent) -> Iterable[Effect]:
    """One timer, for the month whose check is waited for; one leader of the school, one student."""
    yield from _timers(_due(before), _due(evolve(before, event)))
    match event:
        case MentorAssigned(duty=duty, study=study, staff=staff, worker=worker) if duty == ONE_TO_ONE:
            yield from _mentor_freed(before)
            yield Take(MENTOR, mentor_of(study.school, staff), holder=worker)
        case StudentGraduated() | StudentLeft():
            yield from _mentor_freed(before)
            yield Release(AT_SCHOOL, event.worker)
        case _:
            pass


def _due(student: Student) -> str | None:
    return student.due if isinstance(student, AtSchool) else None


def _timers(waited: str | None, waits: str | None) -> Iterable[Effect]:
    """A timer's name says its month, so that one that comes late means no other."""
    if waited == waits:
        return
    if waited:
        yield Wake(timer(waited), None)
    if waits:
        yield Wake(timer(waits), datetime.combine(after(waits), time.min, LEGAL))


def _mentor_freed(student: Student) -> Iterable[Effect]:
    if isinstance(student, AtSchool) and ONE_TO_ONE in student.mentors:
        yield Release(MENTOR, mentor_of(student.study.school, student.mentors[ONE_TO_ONE]))


def timer(month: str) -> str:
    """`check/2026-09`"""
    return f"{CHECK}/{month}"


def let_month_pass(name: str) -> LetMonthPass:
    """What the timer of a student asks."""
    return LetMonthPass(month=name.removeprefix(f"{CHECK}/"))


STUDENT: Final[Decider[StudentCommand, StudentEvent, Student]] = Decider(
    category="student",
    initial=Outside(),
    decide=decide,
    evolve=evolve,
    events=StudentEvent,
    reads=reads,
    effects=effects,
)
