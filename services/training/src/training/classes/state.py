"""What a class's stream says of it now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias, TypeVar, assert_never

from training.classes import refusals
from training.classes.events import ArchiveCompleted, Attendance, ClassFiled, Figures, SessionCorrected, SessionHeld


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    session: int
    version: int
    """Of the SessionHeld."""
    on: date
    starts_at: str
    minutes: int
    form: str
    teacher: str
    attended: Mapping[str, int]
    """Worker -> minutes, as they stand."""

    @property
    def begins(self) -> int:
        """Minutes after midnight."""
        return int(self.starts_at[:2]) * 60 + int(self.starts_at[3:])

    def is_at(self, on: date, begins: int, minutes: int) -> bool:
        """Whether it takes up a part of that time."""
        return self.on == on and self.begins < begins + minutes and begins < self.begins + self.minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What every class has; `version` is the number of its events."""

    version: int
    filed: ClassFiled


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed(Known):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined(Known):
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Open(Known):
    sessions: tuple[Session, ...] = ()

    def attended(self, worker: str) -> Figures:
        """Minutes, and days with any, whatever the order in which they became known."""
        there = [(each.on, each.attended[worker]) for each in self.sessions if each.attended.get(worker, 0) > 0]
        return Figures(worker=worker, minutes=sum(m for _, m in there), days=len({on for on, _ in there}))

    def figures(self, workers: Iterable[str]) -> tuple[Figures, ...]:
        return tuple(self.attended(worker) for worker in workers)

    def session(self, number: int) -> Session:
        """Refuses where there is none."""
        if not 0 < number <= len(self.sessions):
            raise refusals.SessionUnknown
        return self.sessions[number - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Open):
    closed_on: date
    tests: Mapping[str, str]
    archive: ArchiveCompleted | None = None


TrainingClass: TypeAlias = Unknown | Filed | Declined | Open | Closed


def known(found: TrainingClass) -> Filed | Declined | Open | Closed:
    """The class. Refuses where there is none."""
    if isinstance(found, Unknown):
        raise refusals.ClassUnknown
    return found


def attended(lines: Iterable[Attendance]) -> Mapping[str, int]:
    """Worker -> minutes. Refuses a worker who is named twice."""
    lines = tuple(lines)
    found = {each.worker: each.minutes for each in lines}
    if len(found) < len(lines):
        raise refusals.AttendanceWrong
    return found


H = TypeVar("H", bound=Open)


def after(held: H, event: SessionHeld | SessionCorrected) -> H:
    """The class with the session, or with what is right of it."""
    match event:
        case SessionHeld():
            return replace(held, sessions=(*held.sessions, _session(held, event)))
        case SessionCorrected():
            wrong = held.session(event.session)
            right = {each.worker: each.minutes for each in event.corrections}
            corrected = replace(wrong, attended={**wrong.attended, **right})
            return replace(held, sessions=tuple(corrected if each is wrong else each for each in held.sessions))
        case _:
            assert_never(event)


def _session(held: Open, event: SessionHeld) -> Session:
    return Session(
        session=event.session,
        version=held.version + 1,
        on=event.on,
        starts_at=event.starts_at,
        minutes=event.minutes,
        form=event.form,
        teacher=event.teacher,
        attended=attended(event.present),
    )
