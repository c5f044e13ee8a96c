"""Classes: filed by who may, decided on by another office, held, corrected and closed with everybody's result."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from eventcore import Rejected, Seen
from eventcore.decider import fold
from eventcore.testing import Given, given
from training.classes import refusals
from training.classes.commands import ApproveClass, CloseClass, CorrectSession, FileClass, RecordSession, RejectClass
from training.classes.events import (
    Attendance,
    ClassClosed,
    Correction,
    Figures,
    Lesson,
    Result,
    SessionCorrected,
    SessionHeld,
)
from training.classes.seats import SEAT, place
from training.classes.training_class import CLASS
from training.institutions import refusals as of_institutions
from training.institutions.institution import INSTITUTION
from training.plans import refusals as of_plans
from training.plans.plan import PLAN as PLANS_STREAM
from training.programmes import refusals as of_programmes
from training.programmes.programme import PROGRAMME
from training_samples import CLASSES, INSTITUTIONS, KEY, OF, PLANS, PROGRAMMES
from training_way import BASE, PLAN, worker

REGISTERED, ACCREDITED, _REVIEWED, REVOKED, DELIVERY = INSTITUTIONS
FILED, APPROVED, REJECTED, *_ = CLASSES
TODAY = date(2026, 3, 10)
LATER = date(2026, 6, 1)
LESSONS = tuple(
    Lesson(on=date(2026, 4, 6) + timedelta(days=n), starts_at="08:30", minutes=360, subject="钢筋下料", teacher="T-1")
    for n in range(20)
)
FILE = FileClass(
    training_class=KEY,
    institution=BASE,
    plan=PLAN,
    programme="rebar-worker-5",
    mode="DIRECTED",
    venue="VILLAGE",
    region="520123",
    capacity=50,
    starts_on=date(2026, 4, 6),
    ends_on=date(2026, 5, 8),
    priority_until=date(2026, 3, 31),
    lessons=LESSONS,
    teachers=("T-1",),
    today=TODAY,
    **OF,
)
APPROVE = ApproveClass(institution=BASE, official="wu", organisation="hr-520100", today=date(2026, 3, 12))


def around(*institution: Any, plan: Any = PLANS[0], programme: Any = PROGRAMMES[:2]) -> Seen:
    """What a class's decision looks at."""
    found = institution or (REGISTERED, ACCREDITED, DELIVERY)
    return Seen(
        {
            (INSTITUTION.category, BASE): fold(INSTITUTION, found),
            (PLANS_STREAM.category, PLAN): fold(PLANS_STREAM, (plan,)),
            (PROGRAMME.category, "rebar-worker-5"): fold(PROGRAMME, programme),
        }
    )


def test_an_accredited_institution_files_a_class_of_the_catalogue_and_the_plan() -> None:
    given(CLASS).having_seen(around()).when(FILE).then(replace(FILED, lessons=LESSONS))
    given(CLASS, FILED).having_seen(around()).when(FILE).rejected(refusals.ClassAlreadyFiled)


@pytest.mark.parametrize(
    ("changes", "seen", "refusal"),
    [
        ({}, around(REGISTERED), of_institutions.NotAccredited),
        ({}, around(REGISTERED, ACCREDITED, DELIVERY, REVOKED), of_institutions.BaseIsRevoked),
        ({}, around(REGISTERED, ACCREDITED), of_institutions.DeliveryNotFiled),
        ({}, around(programme=()), of_programmes.ProgrammeUnknown),
        ({}, around(programme=(replace(PROGRAMMES[0], valid_from=LATER),)), of_programmes.NotInCatalogue),
        ({}, around(plan=replace(PLANS[0], institutions=())), of_plans.NotPlanned),
        ({}, around(plan=replace(PLANS[0], lines=())), of_plans.NotPlanned),
        ({}, around(plan=replace(PLANS[0], year=2025)), of_plans.NotPlanned),
        ({}, around(plan=replace(PLANS[0], region="520300")), of_plans.NotPlanned),
        ({"ends_on": date(2026, 4, 5)}, around(), refusals.ClassDaysWrong),
        ({"region": "529999"}, around(), refusals.ClassPlaceUnknown),
        ({"lessons": LESSONS[:19]}, around(), refusals.TeachingPlanTooShort),
        ({"lessons": (*LESSONS, replace(LESSONS[0], on=date(2026, 5, 9)))}, around(), refusals.LessonOutside),
        ({"teachers": ("T-2",)}, around(), refusals.TeacherUnknown),
    ],
)
def test_what_is_not_filed(changes: dict[str, Any], seen: Seen, refusal: type[Rejected]) -> None:
    given(CLASS).having_seen(seen).when(replace(FILE, **changes)).rejected(refusal)


def test_another_person_decides_and_the_institution_must_still_be_a_base() -> None:
    filed = given(CLASS, FILED).having_seen(around())
    filed.when(APPROVE).then(APPROVED)
    filed.when(replace(APPROVE, official="teacher-1")).rejected(refusals.OwnFiling)
    revoked = given(CLASS, FILED).having_seen(around(REGISTERED, ACCREDITED, REVOKED))
    revoked.when(APPROVE).rejected(of_institutions.BaseIsRevoked)
    reject = RejectClass(reason="PLACE", official="wu", organisation="hr-520100")
    filed.when(reject).then(REJECTED)
    given(CLASS, FILED, REJECTED).when(APPROVE).rejected(refusals.ClassDecidedOtherwise)
    given(CLASS, FILED, APPROVED).when(reject).rejected(refusals.ClassDecidedOtherwise)
    given(CLASS, FILED, APPROVED).when(APPROVE).then()


def seated(*numbers: int) -> Seen:
    """These workers have the first seats of the class."""
    return Seen(holders={(SEAT, place(KEY, seat)): worker(n) for seat, n in enumerate(numbers, 1)})


def session(day: int, present: dict[int, int], **changes: Any) -> RecordSession:
    """On a day of the class, for whom as long."""
    command = RecordSession(
        training_class=KEY,
        capacity=50,
        on=date(2026, 4, 6) + timedelta(days=day),
        starts_at="08:30",
        minutes=360,
        form="DAYTIME",
        teacher="T-1",
        present=tuple(Attendance(worker=worker(n), minutes=minutes) for n, minutes in present.items()),
        supervising=False,
        today=LATER,
        **OF,
    )
    return replace(command, **changes)


def held(number: int, command: RecordSession, *figures: Figures) -> SessionHeld:
    return SessionHeld(
        training_class=KEY,
        session=number,
        on=command.on,
        starts_at=command.starts_at,
        minutes=command.minutes,
        form=command.form,
        teacher=command.teacher,
        present=command.present,
        recorded_on=command.today,
        figures=figures,
        **OF,
    )


def open_class(*events: Any) -> Given[Any, Any, Any]:
    return given(CLASS, FILED, APPROVED, *events).having_seen(seated(1, 2))


FIRST, SECOND = session(0, {1: 360, 2: 180}), session(1, {1: 360})


def test_a_session_counts_on_its_day_however_late_it_is_recorded() -> None:
    open_class().when(FIRST).then(held(1, FIRST))
    open_class(held(1, FIRST)).when(SECOND).then(held(2, SECOND))
    open_class(held(1, FIRST)).when(FIRST).then()


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (session(0, {1: 180}, starts_at="14:29"), refusals.SessionOverlaps),
        (session(0, {1: 180}), refusals.SessionOverlaps),
        (session(33, {1: 360}), refusals.SessionDayWrong),
        (session(2, {1: 360}, today=date(2026, 4, 7)), refusals.SessionDayWrong),
        (session(2, {3: 360}), refusals.NotInClass),
        (session(2, {1: 361}), refusals.AttendanceWrong),
        (replace(session(2, {1: 360}), present=FIRST.present * 2), refusals.AttendanceWrong),
        (session(2, {1: 360}, teacher="T-9"), refusals.TeacherUnknown),
    ],
)
def test_what_is_no_session(command: RecordSession, refusal: type[Rejected]) -> None:
    open_class(held(1, FIRST)).when(command).rejected(refusal)


def test_nothing_is_held_in_a_class_that_nobody_approved() -> None:
    given(CLASS, FILED).having_seen(seated(1)).when(FIRST).rejected(refusals.ClassNotOpen)
    given(CLASS).having_seen(seated(1)).when(FIRST).rejected(refusals.ClassUnknown)


CORRECT = CorrectSession(
    training_class=KEY,
    capacity=50,
    session=1,
    attendance=(Attendance(worker=worker(1), minutes=360), Attendance(worker=worker(2), minutes=0)),
    evidence="核查〔2026〕2号",
    supervising=False,
    today=LATER,
    **OF,
)
CORRECTED = SessionCorrected(
    training_class=KEY,
    session=1,
    corrects=f"class-{KEY}/3",
    corrections=(Correction(worker=worker(2), before=180, minutes=0),),
    evidence="核查〔2026〕2号",
    corrected_on=LATER,
    figures=(),
    **OF,
)
CLOSE = CloseClass(
    training_class=KEY,
    capacity=50,
    closed_on=date(2026, 5, 9),
    tests=((worker(1), "PASSED"), (worker(2), "ABSENT")),
    today=LATER,
    **OF,
)
CLOSED = ClassClosed(
    training_class=KEY,
    closed_on=date(2026, 5, 9),
    results=(
        Result(worker=worker(1), minutes=360, days=1, test="PASSED"),
        Result(worker=worker(2), minutes=180, days=1, test="ABSENT"),
    ),
    **OF,
)


def test_a_correction_names_what_it_corrects_and_only_what_was_wrong() -> None:
    open_class(held(1, FIRST)).when(CORRECT).then(CORRECTED)
    open_class(held(1, FIRST), CORRECTED).when(CORRECT).then()
    open_class().when(CORRECT).rejected(refusals.SessionUnknown)


def test_a_class_is_closed_with_a_result_of_everybody_who_has_a_seat() -> None:
    ready = open_class(held(1, FIRST))
    ready.when(CLOSE).then(CLOSED)
    ready.when(replace(CLOSE, tests=CLOSE.tests[:1])).rejected(refusals.ResultsIncomplete)
    ready.when(replace(CLOSE, tests=(*CLOSE.tests, (worker(3), "PASSED")))).rejected(refusals.NotInClass)
    for day in (date(2026, 5, 7), date(2026, 6, 2)):
        ready.when(replace(CLOSE, closed_on=day)).rejected(refusals.ClassNotOver)
    open_class(held(1, FIRST), CLOSED).when(CLOSE).then()
    open_class(held(1, FIRST), CLOSED).when(replace(CLOSE, closed_on=LATER)).rejected(refusals.ClassNotOpen)


def test_after_the_end_only_the_department_changes_attendance_and_says_the_figures() -> None:
    closed = open_class(held(1, FIRST), CLOSED)
    closed.when(CORRECT).rejected(refusals.OnlySupervised)
    right = replace(CORRECTED, figures=(Figures(worker=worker(2), minutes=0, days=0),))
    closed.when(replace(CORRECT, supervising=True)).then(right)
    late = replace(SECOND, supervising=True)
    closed.when(late).then(held(2, late, Figures(worker=worker(1), minutes=720, days=2)))
