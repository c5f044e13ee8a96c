"""What follows in training from a fact of the registry, of another worker, or of a class."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from contracts.registry import (
    DuplicateDecidedV1,
    PersonalDataErasedV1,
    TraineeDesignatedV1,
    TraineeDesignationEndedV1,
    UseRestrictedV1,
    UseRestrictionEndedV1,
    WorkerDeathWithdrawnV1,
    WorkerDeceasedV1,
)
from eventcore import Do
from eventcore.decider import fold
from eventcore.testing import given
from published import Published
from training.classes.events import Figures
from training.enrolments.commands import (
    Conclude,
    CorrectAttendance,
    NoteDeath,
    NoteDeathWithdrawn,
    NoteDesignation,
    NoteDesignationEnd,
    NoteStoodFor,
    NoteUse,
    TakeOverClasses,
)
from training.enrolments.enrolment import ENROLMENT
from training.enrolments.events import ClassesTakenOver, StoodForNoted
from training.policies.when_class_is_over_say_what_it_was_to_its_trainees import (
    when_class_is_over_say_what_it_was_to_its_trainees,
)
from training.policies.when_registry_decides_on_a_worker_note_it import when_registry_decides_on_a_worker_note_it
from training.policies.when_worker_is_stood_for_their_classes_count_for_both import (
    when_worker_is_stood_for_their_classes_count_for_both,
)
from training_samples import AT, CLASSES, ENROLMENTS, KEY, TERMS, WHO, own
from training_way import PLAN, worker


@pytest.mark.parametrize(
    ("event", "command"),
    [
        (
            TraineeDesignatedV1(
                worker=WHO, plan=PLAN, designated_on=date(2026, 3, 1), priority=("MIGRANT",), organisation="hr"
            ),
            NoteDesignation(worker=WHO, plan=PLAN, priority=("MIGRANT",), designated_on=date(2026, 3, 1)),
        ),
        (
            TraineeDesignationEndedV1(worker=WHO, plan=PLAN, reason="WITHDRAWN", organisation="hr"),
            NoteDesignationEnd(worker=WHO, plan=PLAN, reason="WITHDRAWN"),
        ),
        (
            WorkerDeceasedV1(worker=WHO, died_on=date(2026, 4, 20), organisation="hr"),
            NoteDeath(worker=WHO, died_on=date(2026, 4, 20), organisation="hr"),
        ),
        (
            WorkerDeathWithdrawnV1(
                worker=WHO, corrects=f"worker-{WHO}/3", died_on=date(2026, 4, 20), organisation="hr"
            ),
            NoteDeathWithdrawn(worker=WHO),
        ),
        (
            UseRestrictedV1(worker=WHO, ground="DISPUTE", until=date(2036, 1, 1), organisation="hr"),
            NoteUse(worker=WHO, restricted=True, until=date(2036, 1, 1)),
        ),
        (
            UseRestrictionEndedV1(worker=WHO, organisation="hr"),
            NoteUse(worker=WHO, restricted=False, until=None),
        ),
        (
            PersonalDataErasedV1(worker=WHO, organisation="hr"),
            NoteUse(worker=WHO, restricted=True, until=None),
        ),
        (
            DuplicateDecidedV1(
                worker=worker(2), other=WHO, verdict="SAME", undone=False, reason="X", organisation="hr"
            ),
            NoteStoodFor(worker=WHO, canonical=worker(2)),
        ),
        (
            DuplicateDecidedV1(
                worker=worker(2), other=WHO, verdict="DIFFERENT", undone=True, reason="X", organisation="hr"
            ),
            NoteStoodFor(worker=WHO, canonical=None),
        ),
    ],
)
def test_what_the_registry_decides_is_noted(event: Any, command: Any) -> None:
    fact = Published(event=event, stream="worker-w", version=2, at=AT).fact(7)
    assert list(when_registry_decides_on_a_worker_note_it(fact)) == [Do(ENROLMENT, WHO, command)]


def test_two_who_were_always_two_are_no_news() -> None:
    event = DuplicateDecidedV1(
        worker=worker(2), other=WHO, verdict="DIFFERENT", undone=False, reason="X", organisation="hr"
    )
    fact = Published(event=event, stream="worker-w", version=2, at=AT).fact(7)
    assert list(when_registry_decides_on_a_worker_note_it(fact)) == []


def test_whoever_stood_for_a_worker_before_gives_the_classes_back() -> None:
    noted: Any = StoodForNoted(worker=WHO, canonical=worker(3), before=worker(2), classes=(TERMS,))
    assert list(when_worker_is_stood_for_their_classes_count_for_both(own(noted))) == [
        Do(ENROLMENT, worker(2), TakeOverClasses(worker=worker(2), other=WHO, classes=())),
        Do(ENROLMENT, worker(3), TakeOverClasses(worker=worker(3), other=WHO, classes=(TERMS,))),
    ]


def test_everybody_in_a_closed_class_is_told_their_end() -> None:
    conclude = Conclude(training_class=KEY, closed_on=date(2026, 5, 9), minutes=7560, days=21, test="PASSED")
    assert list(when_class_is_over_say_what_it_was_to_its_trainees(own(CLASSES[5]))) == [Do(ENROLMENT, WHO, conclude)]


@pytest.mark.parametrize("later", [CLASSES[3], CLASSES[4]], ids=lambda each: str(each.type))
def test_who_is_touched_by_what_became_known_after_the_end_is_told_the_figures(later: Any) -> None:
    (figures,) = later.figures
    assert isinstance(figures, Figures)
    correct = CorrectAttendance(
        training_class=KEY, minutes=figures.minutes, days=figures.days, organisation=later.organisation
    )
    assert list(when_class_is_over_say_what_it_was_to_its_trainees(own(later))) == [Do(ENROLMENT, WHO, correct)]
    assert list(when_class_is_over_say_what_it_was_to_its_trainees(own(CLASSES[1]))) == []


CHOSEN = ENROLMENTS[7]
ENROLLED = ENROLMENTS[8]
OTHER = "0190a1b2-0000-7000-8000-0000000000c2"


def test_the_classes_of_two_ids_count_for_the_one_that_stands_for_both() -> None:
    note = NoteStoodFor(worker=WHO, canonical=worker(2))
    noted = StoodForNoted(worker=WHO, canonical=worker(2), before=None, classes=(TERMS,))
    given(ENROLMENT, CHOSEN, ENROLLED).when(note).then(noted)
    given(ENROLMENT, CHOSEN, ENROLLED, noted).when(note).then()
    take = TakeOverClasses(worker=worker(2), other=WHO, classes=(TERMS,))
    mine = replace(ENROLLED, worker=worker(2), terms=replace(TERMS, training_class=OTHER))
    taken = ClassesTakenOver(worker=worker(2), other=WHO, classes=(TERMS,), collisions=(KEY,))
    given(ENROLMENT, mine).when(take).then(taken)
    given(ENROLMENT, mine, taken).when(take).then()
    assert fold(ENROLMENT, (mine, taken)).collisions == (OTHER, KEY)
    given(ENROLMENT, mine, taken).when(replace(take, classes=())).then(replace(taken, classes=(), collisions=()))
