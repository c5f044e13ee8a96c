"""Who gets a place at a technical school, and who an internship: poor households first, who choose first."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from eventcore import Rejected, Release, Seen, Take
from eventcore.decider import Undecided, fold
from eventcore.testing import given
from hypothesis import given as whatever
from hypothesis import strategies as st
from student_samples import ADMITTED, INTAKE_KEY, INTAKES, STUDENTS, STUDY
from training.enrolments.enrolment import ENROLMENT
from training.enrolments.events import DeathNoted, DesignationNoted, UseNoted
from training.enrolments.rounds import rank
from training.institutions import refusals as of_institutions
from training.institutions.institution import INSTITUTION
from training.intakes import refusals
from training.intakes.commands import Applicant, FileIntake, GiveInternships, HoldAdmission
from training.intakes.events import AdmissionHeld, Given, IntakeFiled, Specialty
from training.intakes.intake import INTAKE, effects
from training.plans import refusals as of_plans
from training.plans.plan import PLAN as PLANS_OF
from training.students.state import AT_SCHOOL
from training.students.student import STUDENT
from training_samples import INSTITUTIONS, PLANS
from training_way import BASE, OTHER_BASE, PLAN, worker

FILED, HELD, GIVEN = INTAKES
assert isinstance(FILED, IntakeFiled)
REGISTERED, ACCREDITED, _REVIEWED, REVOKED, _DELIVERY = INSTITUTIONS
TODAY = date(2026, 8, 20)
OFFICE: dict[str, Any] = {"official": "wu", "organisation": "hr-520000"}
FILE = FileIntake(
    intake=INTAKE_KEY,
    school=BASE,
    region="520100",
    plan=PLAN,
    starts_on=FILED.starts_on,
    specialties=FILED.specialties,
    evidence=FILED.evidence,
    by=FILED.by,
    organisation=FILED.organisation,
)


def school(*events: Any) -> Seen:
    """The school with this history, and the plan that names it."""
    return Seen(
        {
            (INSTITUTION.category, BASE): fold(INSTITUTION, events),
            (PLANS_OF.category, PLAN): fold(PLANS_OF, PLANS[:1]),
        }
    )


def test_a_key_school_files_an_intake_under_a_plan() -> None:
    key_school = school(REGISTERED, ACCREDITED)
    given(INTAKE).having_seen(key_school).when(FILE).then(FILED)
    given(INTAKE, FILED).having_seen(key_school).when(FILE).then()
    national = replace(ACCREDITED, grade="NATIONAL")
    given(INTAKE).having_seen(school(REGISTERED, national)).when(FILE).then(FILED)


@pytest.mark.parametrize(
    ("events", "changes", "refusal"),
    [
        ((REGISTERED, replace(ACCREDITED, grade="RECOGNISED")), {}, refusals.NotAKeySchool),
        ((replace(REGISTERED, kind="PRIVATE"), ACCREDITED), {}, refusals.NotAKeySchool),
        ((REGISTERED,), {}, of_institutions.NotAccredited),
        ((REGISTERED, ACCREDITED, REVOKED), {}, of_institutions.BaseIsRevoked),
        (
            (REGISTERED, ACCREDITED),
            {"specialties": (replace(FILED.specialties[0], occupation="2022/4-01-01-01"),)},
            of_institutions.OccupationOutOfScope,
        ),
        ((REGISTERED, ACCREDITED), {"starts_on": date(2027, 9, 1)}, of_plans.NotPlanned),
    ],
)
def test_what_is_no_intake(events: tuple[Any, ...], changes: dict[str, Any], refusal: type[Rejected]) -> None:
    given(INTAKE).having_seen(school(*events)).when(replace(FILE, **changes)).rejected(refusal)


def applicant(n: int, *wishes: int, day: int = 1) -> Applicant:
    return Applicant(worker=worker(n), wishes=wishes, chosen_on=date(2026, 7, day), evidence=f"志愿表〔2026〕{n}号")


def designated(n: int, *priority: str) -> DesignationNoted:
    return DesignationNoted(worker=worker(n), plan=PLAN, priority=priority, designated_on=date(2026, 3, 1))


def applying(*histories: tuple[Any, ...], elsewhere: tuple[int, ...] = ()) -> Seen:
    """The first, second, … worker with these histories, and who of them is at a school."""
    states = {(ENROLMENT.category, worker(n)): fold(ENROLMENT, each) for n, each in enumerate(histories, 1)}
    held = {(AT_SCHOOL, worker(n)): "another" for n in elsewhere}
    return Seen({**school(REGISTERED, ACCREDITED).states, **states}, held)


def hold(*applicants: Applicant) -> HoldAdmission:
    return HoldAdmission(school=BASE, applicants=applicants, today=TODAY, **OFFICE)


def outcome(command: HoldAdmission, seen: Seen, *events: Any) -> list[tuple[str, int | None, str | None]]:
    """Who got which wish, or why none."""
    state = fold(INTAKE, events or (FILED,))
    told: Any = INTAKE.decide(command, state, seen)
    return [(each.worker, each.wish, each.refused) for event in told for each in event.given]


def test_poor_households_come_first_and_choose_first() -> None:
    seen = applying((designated(1, "POOR_HOUSEHOLD"),), (designated(2, "LEAVER"),))
    full = INTAKE.decide(hold(applicant(2, 1, day=1), applicant(1, 1, 2, day=2)), fold(INTAKE, (FILED,)), seen)
    assert tuple(full) == (HELD,)
    both = hold(applicant(2, 1, 2), applicant(1, 1, 2, day=9))
    assert outcome(both, seen) == [(worker(1), 1, None), (worker(2), 2, None)]
    assert outcome(hold(applicant(2, 1)), seen, FILED, HELD) == [(worker(2), None, "intake_places_given_to_others")]


def test_who_may_not_be_taken_is_told_why_and_takes_nobodys_place() -> None:
    seen = applying(
        (designated(1, "POOR_HOUSEHOLD"), DeathNoted(worker=worker(1), died_on=date(2026, 4, 1))),
        (),
        (designated(3, "POOR_HOUSEHOLD"), UseNoted(worker=worker(3), restricted=True, until=None)),
        (designated(4),),
        (designated(5, "POOR_HOUSEHOLD"),),
        elsewhere=(5,),
    )
    told = {who: (wish, why) for who, wish, why in outcome(hold(*(applicant(n, 1) for n in range(1, 6))), seen)}
    assert told == {
        worker(1): (None, "worker_deceased"),
        worker(2): (None, "designation_missing"),
        worker(3): (None, "worker_use_restricted"),
        worker(4): (1, None),
        worker(5): (None, "student_at_a_school"),
    }
    tomorrow = replace(applicant(1, 1), chosen_on=date(2026, 8, 21))
    assert outcome(hold(tomorrow), applying((designated(1),))) == [(worker(1), None, "choice_day_wrong")]


def test_who_gets_a_place_is_at_that_school_alone() -> None:
    assert list(effects(fold(INTAKE, (FILED,)), HELD)) == [Take(AT_SCHOOL, worker(1), holder=INTAKE_KEY)]
    left = STUDENT.effects(fold(STUDENT, (ADMITTED,)), STUDENTS[-1])
    assert Release(AT_SCHOOL, worker(1)) in list(left)


def test_what_is_no_round() -> None:
    seen = applying((designated(1),))
    filed = given(INTAKE, FILED).having_seen(seen)
    filed.when(hold(applicant(1, 3))).rejected(refusals.SpecialtyUnknown)
    filed.when(hold(applicant(1, 1), applicant(1, 2))).rejected(refusals.ApplicantRepeated)
    given(INTAKE).having_seen(seen).when(hold(applicant(1, 1))).rejected(refusals.IntakeUnknown)
    below = replace(seen, states={**seen.states, **school(REGISTERED, replace(ACCREDITED, grade="BACKBONE")).states})
    given(INTAKE, FILED).having_seen(below).when(hold(applicant(1, 1))).rejected(refusals.NotAKeySchool)


def test_a_large_round_is_told_in_parts_in_the_order_of_the_priorities() -> None:
    many = Seen(
        {
            **school(REGISTERED, ACCREDITED).states,
            **{
                (ENROLMENT.category, worker(n)): fold(
                    ENROLMENT, (designated(n, *(("POOR_HOUSEHOLD",) if n > 60 else ())),)
                )
                for n in range(1, 71)
            },
        }
    )
    told: Any = INTAKE.decide(hold(*(applicant(n, 2) for n in range(1, 71))), fold(INTAKE, (FILED,)), many)
    assert [len(each.given) for each in told] == [60, 10]
    assert [each.worker for each in told[0].given if each.wish] == [worker(61), worker(62)]


@whatever(
    st.lists(st.integers(0, 4), min_size=1, max_size=5),
    st.lists(
        st.tuples(
            st.sampled_from(((), ("POOR_HOUSEHOLD",), ("LAND_LOST", "MIGRANT"), ("LEAVER",))),
            st.lists(st.integers(1, 5), min_size=1, max_size=5, unique=True),
        ),
        max_size=12,
    ),
)
def test_nobody_gets_what_somebody_before_them_wished_more(
    places: list[int], people: list[tuple[tuple[str, ...], list[int]]]
) -> None:
    specialties = tuple(
        Specialty(occupation=STUDY.occupation, level="4", places=each, employer=None) for each in places
    )
    seen = applying(*((designated(n, *priority),) for n, (priority, _) in enumerate(people, 1)))
    wished = {
        n: tuple(each for each in wishes if each <= len(places)) or (1,) for n, (_, wishes) in enumerate(people, 1)
    }
    command = hold(*(applicant(n, *wishes) for n, wishes in wished.items()))
    told: Any = INTAKE.decide(command, fold(INTAKE, (replace(FILED, specialties=specialties),)), seen)
    line: list[Given] = [each for event in told for each in event.given]
    got = [each.wishes[each.wish - 1] if each.wish else None for each in line]
    assert [rank(each.priority) for each in line] == sorted(rank(each.priority) for each in line)
    assert all(got.count(number) <= held for number, held in enumerate(places, 1))
    for n, each in enumerate(line):
        dearer = each.wishes[: each.wish - 1] if each.wish else each.wishes
        assert not set(dearer) & set(got[n + 1 :])


ARRANGE = GiveInternships(
    specialty=1,
    employer=OTHER_BASE,
    posts=1,
    starts_on=date(2028, 9, 1),
    ends_on=date(2029, 2, 28),
    evidence="实习协议〔2028〕1号",
    known=(worker(1),),
    official="teacher-1",
    organisation=BASE,
)


def studying(*numbers: int, on_leave: int = 0) -> Seen:
    """These are at school, one of them on leave."""
    histories: dict[int, list[Any]] = {n: [replace(ADMITTED, worker=worker(n))] if n in numbers else [] for n in (1, 2)}
    if on_leave:
        histories[on_leave].append(replace(STUDENTS[1], worker=worker(on_leave)))
    return Seen({(STUDENT.category, worker(n)): fold(STUDENT, each) for n, each in histories.items()})


def test_internships_go_to_who_comes_first_of_those_who_are_there() -> None:
    late = replace(HELD.given[0], worker=worker(2), priority=("LEAVER",))
    assert isinstance(HELD, AdmissionHeld)
    first = replace(HELD, given=(late,))
    told = given(INTAKE, FILED, first, HELD).having_seen(studying(1, 2))
    both = replace(ARRANGE, known=(worker(1), worker(2)))
    told.when(both).then(GIVEN)
    second = replace(GIVEN, workers=(worker(2),))
    for seen in (studying(2), studying(1, 2, on_leave=1)):
        given(INTAKE, FILED, first, HELD).having_seen(seen).when(both).then(second)
    given(INTAKE, FILED, HELD, GIVEN).having_seen(studying(1)).when(ARRANGE).then()
    given(INTAKE, FILED, HELD).having_seen(studying(1)).when(replace(ARRANGE, ends_on=ARRANGE.starts_on)).rejected(
        refusals.InternshipDaysWrong
    )
    with pytest.raises(Undecided):
        INTAKE.decide(ARRANGE, fold(INTAKE, (FILED, first, HELD)), studying(1))
