"""How a student's stay at a school ends: graduated, or left with a reason."""

from collections.abc import Sequence
from datetime import date

from training.students import refusals
from training.students.commands import EndByDeath, Graduate, Leave
from training.students.events import StudentEvent, StudentGraduated, StudentLeft
from training.students.state import AtSchool, Outside, Student, at_school


def graduate(command: Graduate, student: Student) -> Sequence[StudentEvent]:
    match student:
        case Outside(ended=StudentGraduated(graduated_on=day)) if day == command.graduated_on:
            return []
        case _:
            found = at_school(student)
    _check_day(command.graduated_on, command.today, max(found.admitted_on, found.study.starts_on))
    return [
        StudentGraduated(
            worker=found.worker,
            study=found.study,
            graduated_on=command.graduated_on,
            evidence=command.evidence,
            by=command.official,
            organisation=command.organisation,
        )
    ]


def leave(command: Leave, student: Student) -> Sequence[StudentEvent]:
    match student:
        case Outside(ended=StudentLeft(left_on=day, reason=reason)) if (day, reason) == (
            command.left_on,
            command.reason,
        ):
            return []
        case _:
            found = at_school(student)
    _check_day(command.left_on, command.today, found.admitted_on)
    return [
        StudentLeft(
            worker=found.worker,
            study=found.study,
            left_on=command.left_on,
            reason=command.reason,
            evidence=command.evidence,
            by=command.official,
            organisation=command.organisation,
        )
    ]


def died(command: EndByDeath, student: Student) -> Sequence[StudentEvent]:
    """Whoever was no student is none."""
    match student:
        case Outside():
            return []
        case AtSchool():
            left = StudentLeft(
                worker=student.worker,
                study=student.study,
                left_on=command.died_on,
                reason="DECEASED",
                evidence="",
                by="",
                organisation="",
            )
            return [left]


def _check_day(day: date, today: date, since: date) -> None:
    if not since <= day <= today:
        raise refusals.StudentDayWrong
