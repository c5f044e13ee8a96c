"""Who looks after a student, and what they see every month (R-TRN-13, R-REG-16)."""

from collections.abc import Sequence

from eventcore import Seen

from training.students import refusals
from training.students.commands import AssignMentor, LetMonthPass, RecordCheck
from training.students.events import (
    MentorAssigned,
    MonthlyCheckMissed,
    MonthlyStudentCheck,
    SchoolYearBegun,
    StudentEvent,
)
from training.students.months import month_of, school_year
from training.students.state import MENTOR, MONTHLY_CHECK, AtSchool, Outside, Student, mentor_of


def assign(command: AssignMentor, student: AtSchool, seen: Seen) -> Sequence[StudentEvent]:
    """A leader of the school helps one student."""
    if student.mentors.get(command.duty) == command.staff:
        return []
    if seen.holder(MENTOR, mentor_of(student.study.school, command.staff)) not in (None, student.worker):
        raise refusals.MentorTaken
    return [
        MentorAssigned(
            worker=student.worker,
            study=student.study,
            duty=command.duty,
            staff=command.staff,
            assigned_on=command.today,
            by=command.official,
            organisation=command.organisation,
        )
    ]


def record(command: RecordCheck, student: AtSchool) -> Sequence[StudentEvent]:
    """A later look at the same month takes the place of the earlier one."""
    _check_month(command, student)
    if "HARD" in (command.learning, command.living) and not command.help:
        raise refusals.HelpMissing
    check = MonthlyStudentCheck(
        worker=student.worker,
        study=student.study,
        month=command.month,
        learning=command.learning,
        living=command.living,
        help=command.help,
        checked_on=command.today,
        officer=command.official,
        organisation=command.organisation,
    )
    if _says(student.checks.get(command.month)) == _says(check):
        return []
    year = school_year(command.month)
    if year in student.years:
        return [check]
    begun = SchoolYearBegun(worker=student.worker, study=student.study, school_year=year, month=command.month)
    return [check, begun]


def _check_month(command: RecordCheck, student: AtSchool) -> None:
    first = month_of(max(student.admitted_on, student.study.starts_on))
    leave = student.on_leave_since
    last = month_of(command.today) if leave is None else month_of(min(leave, command.today))
    if not first <= command.month <= last:
        raise refusals.CheckMonthWrong


def _says(check: MonthlyStudentCheck | None) -> tuple[str, str, tuple[str, ...]] | None:
    return None if check is None else (check.learning, check.living, check.help)


def let_pass(command: LetMonthPass, student: Student) -> Sequence[StudentEvent]:
    if isinstance(student, Outside) or student.due != command.month:
        return []
    return [
        MonthlyCheckMissed(
            worker=student.worker,
            study=student.study,
            month=command.month,
            officer=student.mentors.get(MONTHLY_CHECK),
        )
    ]
