"""A student's way: admitted, looked after by name, seen every month, graduated or left."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from eventcore import Do, Effect, Rejected, Release, Seen, Take, Wake
from eventcore.clock import LEGAL
from eventcore.decider import fold
from eventcore.testing import given
from student_samples import ADMITTED, INTAKES, STUDENT_ID, STUDENTS, STUDY
from training.enrolments.enrolment import ENROLMENT
from training.enrolments.events import DeathNoted
from training.policies.when_a_student_dies_they_leave_school import when_a_student_dies_they_leave_school
from training.policies.when_an_intake_gives_places_its_students_have_them import (
    when_an_intake_gives_places_its_students_have_them,
)
from training.students import refusals
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
)
from training.students.events import SchoolYearBegun, StudentLeft
from training.students.months import after, school_year
from training.students.state import AT_SCHOOL, MENTOR, mentor_of
from training.students.student import STUDENT, let_month_pass
from training.students.views.changes import CHANGES
from training.students.views.ledger import STUDENTS as LEDGER
from training_samples import own
from training_way import BASE, worker

_, SUSPENDED, MENTORED, CHECKED, BEGUN, MISSED, INTERN, GRADUATED, LEFT = STUDENTS
TODAY = date(2026, 9, 28)
BY: dict[str, Any] = {"official": "teacher-1", "organisation": BASE}
ADMIT = Admit(
    worker=STUDENT_ID,
    study=STUDY,
    priority=ADMITTED.priority,
    wish=1,
    admitted_on=ADMITTED.admitted_on,
    evidence=ADMITTED.evidence,
    by=ADMITTED.by,
    organisation=ADMITTED.organisation,
)
CHECK = RecordCheck(month="2026-09", learning="WELL", living="HARD", help=("LIVING", "FAMILY"), today=TODAY, **BY)
MENTOR_OF = AssignMentor(school=BASE, duty="ONE_TO_ONE", staff="L-1", today=date(2026, 9, 1), **BY)
DEATH = DeathNoted(worker=STUDENT_ID, died_on=date(2026, 8, 25))


def alive(*events: Any) -> Seen:
    return Seen({(ENROLMENT.category, STUDENT_ID): fold(ENROLMENT, events)})


def test_who_was_given_a_place_and_an_internship_has_them() -> None:
    _, held, interns = INTAKES
    (admit,) = when_an_intake_gives_places_its_students_have_them(own(held))
    assert admit == Do(STUDENT, STUDENT_ID, ADMIT)
    given(STUDENT).having_seen(alive()).when(ADMIT).then(ADMITTED)
    given(STUDENT, ADMITTED).having_seen(alive()).when(ADMIT).then()
    (arrange,) = when_an_intake_gives_places_its_students_have_them(own(interns))
    assert isinstance(arrange.command, ArrangeInternship)
    given(STUDENT, ADMITTED).when(arrange.command).then(INTERN)
    given(STUDENT, ADMITTED, INTERN).when(arrange.command).then()
    given(STUDENT, ADMITTED, LEFT).when(arrange.command).then()


def test_nobody_is_at_two_schools_at_a_time() -> None:
    another = replace(ADMIT, study=replace(STUDY, intake="another"))
    given(STUDENT, ADMITTED).having_seen(alive()).when(another).rejected(refusals.AtASchool)
    moved = replace(ADMITTED, study=another.study)
    given(STUDENT, ADMITTED, LEFT).having_seen(alive()).when(another).then(moved)


def test_who_has_died_is_no_student_in_whichever_order_it_is_known() -> None:
    gone = StudentLeft(
        worker=STUDENT_ID,
        study=STUDY,
        left_on=DEATH.died_on,
        reason="DECEASED",
        evidence="",
        by="",
        organisation="",
    )
    end = EndByDeath(worker=STUDENT_ID, died_on=DEATH.died_on)
    assert list(when_a_student_dies_they_leave_school(own(DEATH))) == [Do(STUDENT, STUDENT_ID, end)]
    given(STUDENT, ADMITTED).when(end).then(gone)
    given(STUDENT).when(end).then()
    given(STUDENT).having_seen(alive(DEATH)).when(ADMIT).then(ADMITTED, gone)


def test_the_first_check_of_a_school_year_says_that_the_student_is_there() -> None:
    given(STUDENT, ADMITTED).when(CHECK).then(CHECKED, BEGUN)
    seen = (ADMITTED, CHECKED, BEGUN)
    given(STUDENT, *seen).when(CHECK).then()
    october = replace(CHECK, month="2026-10", today=date(2026, 10, 30))
    later = replace(CHECKED, month="2026-10", checked_on=date(2026, 10, 30))
    given(STUDENT, *seen).when(october).then(later)
    worse = replace(CHECK, learning="HARD")
    given(STUDENT, *seen).when(worse).then(replace(CHECKED, learning="HARD"))
    next_year = replace(CHECK, month="2027-09", today=date(2027, 9, 5))
    given(STUDENT, *seen).when(next_year).then(
        replace(CHECKED, month="2027-09", checked_on=date(2027, 9, 5)),
        SchoolYearBegun(worker=STUDENT_ID, study=STUDY, school_year=2027, month="2027-09"),
    )


@pytest.mark.parametrize(
    ("events", "changes", "refusal"),
    [
        ((), {}, refusals.NotAStudent),
        ((ADMITTED, LEFT), {}, refusals.NotAStudent),
        ((ADMITTED,), {"help": ()}, refusals.HelpMissing),
        ((ADMITTED,), {"month": "2026-08"}, refusals.CheckMonthWrong),
        ((ADMITTED,), {"month": "2026-10"}, refusals.CheckMonthWrong),
        ((ADMITTED, SUSPENDED), {"month": "2027-04", "today": date(2027, 5, 1)}, refusals.CheckMonthWrong),
    ],
)
def test_what_is_no_check(events: Sequence[Any], changes: dict[str, Any], refusal: type[Rejected]) -> None:
    given(STUDENT, *events).when(replace(CHECK, **changes)).rejected(refusal)


def timers(*events: Any) -> dict[str, datetime | None]:
    """As they stand after these events."""
    found: dict[str, datetime | None] = {}
    state: Any = STUDENT.initial
    for event in events:
        found |= {each.name: each.at for each in STUDENT.effects(state, event) if isinstance(each, Wake)}
        state = STUDENT.evolve(state, event)
    return {name: at for name, at in found.items() if at is not None}


def test_a_month_that_nobody_looked_at_is_missed_once_and_may_be_made_up_for() -> None:
    seen = (ADMITTED, replace(MENTORED, duty="MONTHLY_CHECK", staff="T-2"), CHECKED)
    assert timers(*seen) == {"check/2026-10": datetime(2026, 11, 1, tzinfo=LEGAL)}
    passing = let_month_pass("check/2026-10")
    assert passing == LetMonthPass(month="2026-10")
    given(STUDENT, *seen).when(passing).then(MISSED)
    given(STUDENT, *seen, MISSED).when(passing).then()
    late = replace(CHECKED, month="2026-10")
    assert (
        timers(*seen, MISSED) == timers(*seen, MISSED, late) == {"check/2026-11": datetime(2026, 12, 1, tzinfo=LEGAL)}
    )
    early = replace(CHECKED, month="2026-11")
    assert timers(*seen, early, MISSED) == {"check/2026-12": datetime(2027, 1, 1, tzinfo=LEGAL)}
    given(STUDENT).when(passing).then()


def test_nobody_is_waited_for_who_is_on_leave_or_gone() -> None:
    back = replace(SUSPENDED, change="RESUMED", changed_on=date(2028, 3, 1))
    assert timers(ADMITTED, SUSPENDED) == timers(ADMITTED, GRADUATED) == timers(ADMITTED, LEFT) == {}
    assert timers(ADMITTED, SUSPENDED, back) == {"check/2028-03": datetime(2028, 4, 1, tzinfo=LEGAL)}
    assert timers(ADMITTED, SUSPENDED, CHECKED) == {}


def test_a_leader_of_the_school_helps_one_student() -> None:
    given(STUDENT, ADMITTED).when(MENTOR_OF).then(MENTORED)
    given(STUDENT, ADMITTED, MENTORED).when(MENTOR_OF).then()
    other = Seen(holders={(MENTOR, mentor_of(BASE, "L-1")): worker(2)})
    given(STUDENT, ADMITTED).having_seen(other).when(MENTOR_OF).rejected(refusals.MentorTaken)
    looks = replace(MENTOR_OF, duty="MONTHLY_CHECK")
    assert list(STUDENT.reads(looks)) == [], "who looks every month looks at many"


def effects(*events: Any) -> list[Effect]:
    *before, last = events
    return [each for each in STUDENT.effects(fold(STUDENT, before), last) if not isinstance(each, Wake)]


def test_whoever_helped_is_free_when_another_does_or_the_student_is_gone() -> None:
    one, two = (mentor_of(BASE, staff) for staff in ("L-1", "L-2"))
    assert effects(ADMITTED, MENTORED) == [Take(MENTOR, one, holder=STUDENT_ID)]
    assert effects(ADMITTED, MENTORED, replace(MENTORED, staff="L-2")) == [
        Release(MENTOR, one),
        Take(MENTOR, two, holder=STUDENT_ID),
    ]
    gone = [Release(MENTOR, one), Release(AT_SCHOOL, STUDENT_ID)]
    assert effects(ADMITTED, MENTORED, GRADUATED) == effects(ADMITTED, MENTORED, LEFT) == gone


def test_a_student_takes_leave_graduates_or_leaves_on_a_day_that_can_be() -> None:
    leave = Change(
        change="SUSPENDED", changed_on=date(2027, 3, 1), evidence="学籍〔2027〕2号", today=date(2027, 3, 2), **BY
    )
    given(STUDENT, ADMITTED).when(leave).then(SUSPENDED)
    given(STUDENT, ADMITTED, SUSPENDED).when(leave).then()
    given(STUDENT, ADMITTED).when(replace(leave, today=date(2027, 2, 28))).rejected(refusals.StudentDayWrong)
    graduate = Graduate(graduated_on=date(2029, 6, 30), evidence="毕业〔2029〕1号", today=date(2029, 7, 1), **BY)
    given(STUDENT, ADMITTED).when(graduate).then(GRADUATED)
    given(STUDENT, ADMITTED, GRADUATED).when(graduate).then()
    given(STUDENT, ADMITTED, LEFT).when(graduate).rejected(refusals.NotAStudent)
    given(STUDENT, ADMITTED).when(replace(graduate, graduated_on=date(2026, 8, 31))).rejected(refusals.StudentDayWrong)
    left = Leave(
        left_on=date(2027, 3, 1),
        reason="TRANSFERRED",
        evidence="学籍〔2027〕1号",
        today=date(2027, 3, 2),
        **BY,
    )
    given(STUDENT, ADMITTED).when(left).then(LEFT)
    given(STUDENT, ADMITTED, LEFT).when(left).then()
    given(STUDENT).when(left).rejected(refusals.NotAStudent)


@pytest.mark.parametrize(
    ("month", "year", "next_day"),
    [("2026-08", 2025, date(2026, 9, 1)), ("2026-09", 2026, date(2026, 10, 1)), ("2026-12", 2026, date(2027, 1, 1))],
)
def test_a_school_year_begins_in_september(month: str, year: int, next_day: date) -> None:
    assert (school_year(month), after(month)) == (year, next_day)


def test_the_ledger_shows_a_student_as_the_student_stands() -> None:
    def row(*events: Any) -> Any:
        found: Any = None
        for event in events:
            for _ in range(2):
                found = LEDGER.fold(found, own(event))
        return found

    (key,) = LEDGER.keys(own(ADMITTED))
    assert key == row(ADMITTED).id == f"{STUDY.intake}/{STUDENT_ID}"
    seen = row(ADMITTED, MENTORED, replace(MENTORED, duty="MONTHLY_CHECK", staff="T-2"), CHECKED, BEGUN, MISSED)
    assert (seen.poor, seen.mentor, seen.officer, seen.checked, seen.missed, seen.hard) == (
        True,
        "L-1",
        "T-2",
        "2026-09",
        "2026-10",
        True,
    )
    well = replace(CHECKED, month="2026-11", living="WELL")
    assert (row(ADMITTED, well, CHECKED).checked, row(ADMITTED, well, CHECKED).hard) == ("2026-11", False)
    late = row(ADMITTED, CHECKED, MISSED, replace(CHECKED, month="2026-10"))
    assert (late.checked, late.missed) == ("2026-10", None)
    back = replace(SUSPENDED, change="RESUMED")
    stations = [(ADMITTED, SUSPENDED), (ADMITTED, SUSPENDED, back), (ADMITTED, INTERN, GRADUATED), (ADMITTED, LEFT)]
    assert [row(*each).status for each in stations] == ["ON_LEAVE", "AT_SCHOOL", "GRADUATED", "LEFT"]
    assert row(LEFT) is None


def test_a_month_reports_what_changed_in_it() -> None:
    told = {event.type: list(CHANGES.keys(own(event))) for event in STUDENTS}
    assert {kind for kind, keys in told.items() if keys} == {
        "student-admitted",
        "student-changed",
        "student-graduated",
        "student-left",
    }
    left = CHANGES.fold(None, own(LEFT))
    assert left is not None
    assert (left.month, left.change, left.reason) == ("2027-03", "LEFT", "TRANSFERRED")
    assert CHANGES.fold(None, own(CHECKED)) is None
