"""What other services may know of students: admitted, there in a school year, graduated, left. What is seen of how they
fare stays at home."""

from typing import TypedDict, assert_never

from contracts.public_event import PublicEvent
from contracts.students import SchoolYearBegunV1, StudentAdmittedV1, StudentGraduatedV1, StudentLeftV1

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


def publish(event: StudentEvent) -> PublicEvent | None:
    student = _student(event)
    match event:
        case StudentAdmitted():
            return StudentAdmittedV1(**student, admitted_on=event.admitted_on, priority=event.priority)
        case SchoolYearBegun():
            return SchoolYearBegunV1(**student, school_year=event.school_year, month=event.month)
        case StudentGraduated():
            return StudentGraduatedV1(**student, graduated_on=event.graduated_on)
        case StudentLeft():
            return StudentLeftV1(**student, left_on=event.left_on, reason=event.reason)
        case StudentChanged() | MentorAssigned() | MonthlyStudentCheck() | MonthlyCheckMissed() | InternshipArranged():
            return None
        case _:
            assert_never(event)


class _Student(TypedDict):
    worker: str
    intake: str
    school: str
    region: str
    occupation: str
    level: str


def _student(event: StudentEvent) -> _Student:
    study = event.study
    return _Student(
        worker=event.worker,
        intake=study.intake,
        school=study.school,
        region=study.region,
        occupation=study.occupation,
        level=study.level,
    )
