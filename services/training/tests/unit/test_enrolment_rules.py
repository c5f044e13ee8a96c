"""A worker's way: who may choose and get a seat, how it ends, and what the registry says meanwhile."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from eventcore import Rejected, Seen
from eventcore.decider import Undecided, fold
from eventcore.testing import given
from training.classes.refusals import ClassNotOpen
from training.classes.seats import SEAT, place
from training.classes.training_class import CLASS
from training.enrolments import refusals
from training.enrolments.commands import (
    Conclude,
    CorrectAttendance,
    Enrol,
    NoteDeath,
    NoteDeathWithdrawn,
    NoteDesignation,
    NoteDesignationEnd,
    NoteUse,
    RecordChoice,
    Withdraw,
)
from training.enrolments.enrolment import ENROLMENT
from training.enrolments.events import (
    AttendanceCorrected,
    ClassesTakenOver,
    DeathWithdrawnNoted,
    StoodForNoted,
    UseNoted,
    Withdrawn,
)
from training.enrolments.rounds import Waiting, give
from training.institutions import refusals as of_institutions
from training.institutions.institution import INSTITUTION
from training_samples import CLASSES, ENROLMENTS, INSTITUTIONS, KEY, TERMS, WHO
from training_way import BASE, PLAN, worker

REGISTERED, ACCREDITED, _REVIEWED, REVOKED, _DELIVERY = INSTITUTIONS
FILED, APPROVED = replace(CLASSES[0], capacity=2, priority_until=None), CLASSES[1]
CLOSED = CLASSES[5]
DESIGNATED, _ENDED, DIED, *_ = ENROLMENTS
CHOSEN = ENROLMENTS[7]
ENROLLED = replace(ENROLMENTS[8], seat=1, choice=f"enrolment-{WHO}/2")
LEFT = replace(ENROLMENTS[9], seat=1)
COMPLETED, FAILED, _CORRECTED = ENROLMENTS[10:]
OTHER = "0190a1b2-0000-7000-8000-0000000000c2"
OF: dict[str, Any] = {"by": "wu", "organisation": "hr-520123"}
CHOOSE = RecordChoice(
    worker=WHO,
    training_class=KEY,
    institution=BASE,
    options=CHOSEN.options,
    chosen_on=date(2026, 3, 20),
    evidence="选择登记〔2026〕1号",
    today=date(2026, 3, 21),
    **OF,
)
ENROL = Enrol(
    worker=WHO,
    training_class=KEY,
    institution=BASE,
    capacity=2,
    seat=1,
    in_round=False,
    by=ENROLLED.by,
    organisation=ENROLLED.organisation,
    today=date(2026, 3, 25),
)
WAITS = replace(FILED, priority_until=date(2026, 3, 25))


def around(
    *, filed: Any = FILED, later: Sequence[Any] = (APPROVED,), revoked: Sequence[Any] = (), taken: int = 0
) -> Seen:
    """The chosen class and another one, the institution, and how many seats others have."""
    other = fold(CLASS, (replace(FILED, training_class=OTHER), APPROVED))
    return Seen(
        {
            (CLASS.category, KEY): fold(CLASS, (filed, *later)),
            (CLASS.category, OTHER): other,
            (INSTITUTION.category, BASE): fold(INSTITUTION, (REGISTERED, ACCREDITED, *revoked)),
        },
        {(SEAT, place(KEY, seat)): worker(90 + seat) for seat in range(1, taken + 1)},
    )


def test_a_designated_worker_chooses_among_what_was_shown() -> None:
    given(ENROLMENT, DESIGNATED).having_seen(around()).when(CHOOSE).then(CHOSEN)
    given(ENROLMENT, DESIGNATED, CHOSEN).having_seen(around()).when(CHOOSE).then()


@pytest.mark.parametrize(
    ("events", "changes", "seen", "refusal"),
    [
        ((), {}, around(), refusals.NotDesignated),
        ((replace(DESIGNATED, plan="another"),), {}, around(), refusals.NotDesignated),
        ((DESIGNATED,), {"options": (OTHER,)}, around(), refusals.NotAmongOptions),
        ((DESIGNATED,), {}, around(later=()), refusals.OptionNotOpen),
        ((DESIGNATED,), {}, around(later=(APPROVED, CLOSED)), refusals.OptionNotOpen),
        ((DESIGNATED,), {}, around(revoked=(REVOKED,)), of_institutions.BaseIsRevoked),
        ((DESIGNATED,), {"chosen_on": date(2026, 3, 22)}, around(), refusals.ChoiceDayWrong),
        ((DESIGNATED, DIED), {}, around(), refusals.WorkerDeceased),
        ((DESIGNATED, UseNoted(worker=WHO, restricted=True, until=None)), {}, around(), refusals.UseRestricted),
    ],
)
def test_what_is_no_choice(
    events: tuple[Any, ...], changes: dict[str, Any], seen: Seen, refusal: type[Rejected]
) -> None:
    given(ENROLMENT, *events).having_seen(seen).when(replace(CHOOSE, **changes)).rejected(refusal)


def test_who_chose_the_class_gets_a_seat_once() -> None:
    given(ENROLMENT, DESIGNATED, CHOSEN).having_seen(around()).when(ENROL).then(ENROLLED)
    given(ENROLMENT, DESIGNATED, CHOSEN, ENROLLED).having_seen(around()).when(ENROL).then()


@pytest.mark.parametrize(
    ("events", "seen", "refusal"),
    [
        ((DESIGNATED,), around(), refusals.NoChoice),
        ((CHOSEN,), around(), refusals.NotDesignated),
        ((DESIGNATED, CHOSEN), around(later=(APPROVED, CLOSED)), ClassNotOpen),
        ((DESIGNATED, CHOSEN), around(revoked=(REVOKED,)), of_institutions.BaseIsRevoked),
        (
            (replace(DESIGNATED, priority=("MIGRANT",)), CHOSEN),
            around(filed=WAITS),
            refusals.PriorityPeriod,
        ),
        (
            (DESIGNATED, CHOSEN, replace(ENROLLED, terms=replace(TERMS, training_class=OTHER))),
            around(),
            refusals.AnotherClass,
        ),
        (
            (
                DESIGNATED,
                CHOSEN,
                ClassesTakenOver(
                    worker=WHO, other=worker(2), classes=(replace(TERMS, training_class=OTHER),), collisions=()
                ),
            ),
            around(),
            refusals.AnotherClass,
        ),
    ],
)
def test_who_gets_no_seat(events: tuple[Any, ...], seen: Seen, refusal: type[Rejected]) -> None:
    given(ENROLMENT, *events).having_seen(seen).when(ENROL).rejected(refusal)


def test_in_the_priority_period_poor_households_come_first_and_others_by_rounds() -> None:
    given(ENROLMENT, DESIGNATED, CHOSEN).having_seen(around(filed=WAITS)).when(ENROL).then(ENROLLED)
    migrant = given(ENROLMENT, replace(DESIGNATED, priority=("MIGRANT",)), CHOSEN).having_seen(around(filed=WAITS))
    migrant.when(replace(ENROL, in_round=True)).then(replace(ENROLLED, priority=("MIGRANT",)))
    over = replace(ENROL, today=date(2026, 3, 26))
    migrant.when(over).then(replace(ENROLLED, priority=("MIGRANT",), enrolled_on=date(2026, 3, 26)))


def test_a_class_is_full_when_all_of_its_seats_were_seen_taken() -> None:
    chosen = given(ENROLMENT, DESIGNATED, CHOSEN)
    no_seat = replace(ENROL, seat=None)
    chosen.having_seen(around(taken=2)).when(no_seat).rejected(refusals.ClassFull)
    state = fold(ENROLMENT, (DESIGNATED, CHOSEN))
    for command, taken in ((no_seat, 1), (ENROL, 1), (replace(ENROL, seat=3), 0)):
        with pytest.raises(Undecided):
            ENROLMENT.decide(command, state, around(taken=taken))


def test_a_round_gives_seats_to_poor_households_first_then_to_who_chose_first() -> None:
    queue = [
        Waiting(rank=6, chosen_on=date(2026, 3, 1), worker="a"),
        Waiting(rank=0, chosen_on=date(2026, 3, 9), worker="b"),
        Waiting(rank=6, chosen_on=date(2026, 2, 1), worker="c"),
    ]
    assert [(each.worker, each.seat) for each in give(queue, [4, 7])] == [("b", 4), ("c", 7), ("a", None)]


def test_a_seat_is_left_before_the_end_and_free_again() -> None:
    leave = Withdraw(
        training_class=KEY,
        withdrawn_on=date(2026, 4, 20),
        reason="FOUND_WORK",
        by=LEFT.by,
        organisation=LEFT.organisation,
        today=date(2026, 4, 21),
    )
    there = given(ENROLMENT, DESIGNATED, CHOSEN, ENROLLED).having_seen(around())
    there.when(leave).then(LEFT)
    there.having_seen(around(later=(APPROVED, CLOSED))).when(leave).rejected(refusals.EnrolmentConcluded)
    there.when(replace(leave, withdrawn_on=date(2026, 4, 22))).rejected(refusals.WithdrawalDayWrong)
    given(ENROLMENT, DESIGNATED, CHOSEN, ENROLLED, LEFT).when(leave).then()
    one = StoodForNoted(worker=WHO, canonical=worker(2), before=None, classes=(TERMS,))
    given(ENROLMENT, DESIGNATED, CHOSEN, ENROLLED, one).having_seen(around()).when(leave).then(
        LEFT, replace(one, classes=())
    )
    given(ENROLMENT, DESIGNATED, CHOSEN).when(leave).rejected(refusals.NotEnrolled)
    given(ENROLMENT, CHOSEN, ENROLLED, COMPLETED).when(leave).rejected(refusals.EnrolmentConcluded)


def test_who_left_one_class_may_go_to_another_from_that_day_on() -> None:
    elsewhere = replace(TERMS, training_class=OTHER, starts_on=date(2026, 4, 20))
    state = fold(ENROLMENT, (DESIGNATED, CHOSEN, ENROLLED, LEFT))
    assert state.is_free(elsewhere)
    assert not state.is_free(replace(elsewhere, starts_on=date(2026, 4, 19)))


CONCLUDE = Conclude(training_class=KEY, closed_on=date(2026, 5, 9), minutes=7560, days=21, test="PASSED")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"minutes": 7200, "days": 20}, None),
        ({"minutes": 7199, "days": 1, "test": "FAILED"}, "HOURS"),
        ({"days": 19, "test": "FAILED"}, "DAYS"),
        ({"test": "ABSENT"}, "TEST"),
    ],
)
def test_a_training_is_completed_by_hours_days_and_test(changes: dict[str, Any], reason: str | None) -> None:
    command = replace(CONCLUDE, **changes)
    figures: dict[str, Any] = {"minutes": command.minutes, "days": command.days, "test": command.test}
    expected = replace(COMPLETED, **figures) if reason is None else replace(FAILED, **figures, reason=reason)
    given(ENROLMENT, CHOSEN, ENROLLED).when(command).then(expected)
    given(ENROLMENT, CHOSEN, ENROLLED, expected).when(command).then()
    given(ENROLMENT, CHOSEN, ENROLLED, LEFT).when(command).then()


def test_another_attendance_takes_the_place_of_what_was_said_last() -> None:
    correct = CorrectAttendance(training_class=KEY, minutes=7200, days=19, organisation="hr-520123")
    corrected = AttendanceCorrected(
        worker=WHO,
        training_class=KEY,
        corrects=f"enrolment-{WHO}/3",
        minutes=7200,
        days=19,
        completed=False,
        reason="DAYS",
        organisation="hr-520123",
    )
    history = (CHOSEN, ENROLLED, COMPLETED)
    given(ENROLMENT, *history).when(correct).then(corrected)
    given(ENROLMENT, *history, corrected).when(correct).then()
    again = replace(corrected, corrects=f"enrolment-{WHO}/4", days=20, completed=True, reason=None)
    given(ENROLMENT, *history, corrected).when(replace(correct, days=20)).then(again)
    given(ENROLMENT, CHOSEN, ENROLLED).when(correct).then()


def test_the_seats_of_who_has_died_are_free() -> None:
    died = NoteDeath(worker=WHO, died_on=date(2026, 4, 20), organisation="hr-520123")
    left = Withdrawn(
        worker=WHO,
        terms=TERMS,
        seat=1,
        withdrawn_on=date(2026, 4, 20),
        reason="DECEASED",
        by="",
        organisation="hr-520123",
    )
    given(ENROLMENT, CHOSEN, ENROLLED).when(died).then(DIED, left)
    given(ENROLMENT, CHOSEN, ENROLLED, DIED, left).when(died).then()
    given(ENROLMENT, CHOSEN, ENROLLED, COMPLETED).when(died).then(DIED)
    after = replace(died, died_on=date(2026, 5, 9))
    lives = NoteDeathWithdrawn(worker=WHO)
    given(ENROLMENT, CHOSEN, ENROLLED, DIED, left).when(lives).then(DeathWithdrawnNoted(worker=WHO))
    given(ENROLMENT, CHOSEN, ENROLLED, DIED, left, DeathWithdrawnNoted(worker=WHO)).when(lives).then()
    given(ENROLMENT, CHOSEN, ENROLLED).when(after).then(replace(DIED, died_on=date(2026, 5, 9)))


def test_what_the_registry_says_again_is_noted_once() -> None:
    note = NoteDesignation(worker=WHO, plan=PLAN, priority=("POOR_HOUSEHOLD",), designated_on=date(2026, 3, 1))
    given(ENROLMENT).when(note).then(DESIGNATED)
    given(ENROLMENT, DESIGNATED).when(note).then()
    end = NoteDesignationEnd(worker=WHO, plan=PLAN, reason="WITHDRAWN")
    given(ENROLMENT, DESIGNATED).when(end).then(_ENDED)
    given(ENROLMENT, DESIGNATED, _ENDED).when(end).then()
    use = NoteUse(worker=WHO, restricted=False, until=None)
    given(ENROLMENT).when(use).then()
    given(ENROLMENT, UseNoted(worker=WHO, restricted=True, until=None)).when(use).then(
        UseNoted(worker=WHO, restricted=False, until=None)
    )
