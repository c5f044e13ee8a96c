"""What is held and attended: sessions, late ones among them, corrections, and the closing with everybody's result
(R-TRN-22, R-CRT-06). What a class adds up to depends on its sessions as they stand, not on when they became known."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from eventcore import Seen

from training.classes import refusals, seats
from training.classes.commands import CloseClass, CompleteArchive, CorrectSession, RecordSession
from training.classes.events import (
    ArchiveCompleted,
    Attendance,
    ClassClosed,
    ClassEvent,
    Correction,
    Result,
    SessionCorrected,
    SessionHeld,
)
from training.classes.state import Closed, Open, Session, TrainingClass, after, attended, known


def record(command: RecordSession, found: TrainingClass, seen: Seen) -> Sequence[ClassEvent]:
    held = _held(found, command.supervising)
    present = attended(command.present)
    _check_attendance(command.present, command.minutes)
    if (there := _at_that_time(held, command)) is not None:
        if (there.on, there.starts_at, there.minutes, there.attended) == (
            command.on,
            command.starts_at,
            command.minutes,
            present,
        ):
            return []
        raise refusals.SessionOverlaps
    terms = held.filed.terms
    if not terms.starts_on <= command.on <= min(terms.ends_on, command.today):
        raise refusals.SessionDayWrong
    if command.teacher not in held.filed.teachers:
        raise refusals.TeacherUnknown
    _check_members(present, held, seen)
    event = SessionHeld(
        training_class=held.filed.training_class,
        session=len(held.sessions) + 1,
        on=command.on,
        starts_at=command.starts_at,
        minutes=command.minutes,
        form=command.form,
        teacher=command.teacher,
        present=command.present,
        recorded_on=command.today,
        by=command.by,
        organisation=command.organisation,
        figures=(),
    )
    return [_with_figures(held, event)]


def _held(found: TrainingClass, supervising: bool) -> Open:
    """The class, open, or closed and asked for by the labour department."""
    known(found)
    if isinstance(found, Closed) and not supervising:
        raise refusals.OnlySupervised
    if not isinstance(found, Open):
        raise refusals.ClassNotOpen
    return found


def _at_that_time(held: Open, command: RecordSession) -> Session | None:
    begins = int(command.starts_at[:2]) * 60 + int(command.starts_at[3:])
    return next((each for each in held.sessions if each.is_at(command.on, begins, command.minutes)), None)


def _check_attendance(lines: Iterable[Attendance], longest: int) -> None:
    if any(not 0 <= each.minutes <= longest for each in lines):
        raise refusals.AttendanceWrong


def _check_members(workers: Iterable[str], held: Open, seen: Seen) -> None:
    """Who has a seat, or was there before and left."""
    filed = held.filed
    members = set(seats.taken(seen, filed.training_class, filed.capacity).values())
    if not members.union(*(each.attended for each in held.sessions)).issuperset(workers):
        raise refusals.NotInClass


def correct(command: CorrectSession, found: TrainingClass, seen: Seen) -> Sequence[ClassEvent]:
    held = _held(found, command.supervising)
    session = held.session(command.session)
    right = attended(command.attendance)
    _check_attendance(command.attendance, session.minutes)
    _check_members(right, held, seen)
    corrections = tuple(
        Correction(worker=worker, before=session.attended.get(worker, 0), minutes=minutes)
        for worker, minutes in sorted(right.items())
        if session.attended.get(worker, 0) != minutes
    )
    if not corrections:
        return []
    event = SessionCorrected(
        training_class=held.filed.training_class,
        session=session.session,
        corrects=f"class-{held.filed.training_class}/{session.version}",
        corrections=corrections,
        evidence=command.evidence,
        corrected_on=command.today,
        by=command.by,
        organisation=command.organisation,
        figures=(),
    )
    return [_with_figures(held, event)]


E = TypeVar("E", SessionHeld, SessionCorrected)


def _with_figures(held: Open, event: E) -> E:
    """After the closing it is said what it makes of those whom it touches."""
    if not isinstance(held, Closed):
        return event
    touched = event.present if isinstance(event, SessionHeld) else event.corrections
    return replace(event, figures=after(held, event).figures(each.worker for each in touched))


def close(command: CloseClass, found: TrainingClass, seen: Seen) -> Sequence[ClassEvent]:
    if isinstance(found, Closed) and (found.closed_on, found.tests) == (command.closed_on, dict(command.tests)):
        return []
    known(found)
    if not isinstance(found, Open) or isinstance(found, Closed):
        raise refusals.ClassNotOpen
    if not found.filed.terms.ends_on <= command.closed_on <= command.today:
        raise refusals.ClassNotOver
    filed, tests = found.filed, dict(command.tests)
    members = set(seats.taken(seen, filed.training_class, filed.capacity).values())
    if len(tests) < len(command.tests) or not members.issubset(tests):
        raise refusals.ResultsIncomplete
    if not members.issuperset(tests):
        raise refusals.NotInClass
    results = (
        Result(worker=each.worker, minutes=each.minutes, days=each.days, test=tests[each.worker])
        for each in found.figures(sorted(members))
    )
    return [
        ClassClosed(
            training_class=filed.training_class,
            closed_on=command.closed_on,
            results=tuple(results),
            by=command.by,
            organisation=command.organisation,
        )
    ]


def archive(command: CompleteArchive, found: TrainingClass) -> Sequence[ClassEvent]:
    """Again where a document says something else by now."""
    known(found)
    if not isinstance(found, Closed):
        raise refusals.ClassNotClosed
    if found.archive is not None and found.archive.files == command.files:
        return []
    return [
        ArchiveCompleted(
            training_class=found.filed.training_class,
            completed_on=command.today,
            files=command.files,
            by=command.by,
            organisation=command.organisation,
        )
    ]
