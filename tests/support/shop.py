"""A small domain for tests of the runtime: seats of a class are taken, paid for, and given back when time is up.

It uses everything that a decider can: a guard, postings, a timer, and the state of another stream.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, TypeAlias, assert_never

from eventcore import Decider, Effect, Post, Read, Rejected, Release, Seen, Take, Wake


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClass:
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseClass:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassOpened:
    type: ClassVar[str] = "class-opened"
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassClosed:
    type: ClassVar[str] = "class-closed"


ClassCommand: TypeAlias = OpenClass | CloseClass
ClassEvent: TypeAlias = ClassOpened | ClassClosed


def decide_class(command: ClassCommand, is_open: bool | None, seen: Seen) -> Sequence[ClassEvent]:
    match command:
        case OpenClass(place=place):
            return [] if is_open is not None else [ClassOpened(place=place)]
        case CloseClass():
            return [ClassClosed()] if is_open else []
        case _:
            assert_never(command)


CLASS: Decider[ClassCommand, ClassEvent, bool | None] = Decider(
    category="class",
    initial=None,
    decide=decide_class,
    evolve=lambda _, event: isinstance(event, ClassOpened),
    events=ClassEvent,
)


class ClassIsClosed(Rejected):
    """The class takes nobody any more."""

    code = "class_closed"


class NumberTaken(Rejected):
    """Another trainee has this number."""

    code = "number_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSeat:
    class_key: str
    number: str
    fen: int = 0
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveSeatBack:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatTaken:
    type: ClassVar[str] = "seat-taken"
    number: str
    fen: int
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatGivenBack:
    type: ClassVar[str] = "seat-given-back"


SeatCommand: TypeAlias = TakeSeat | GiveSeatBack
SeatEvent: TypeAlias = SeatTaken | SeatGivenBack


@dataclass(frozen=True, slots=True)
class Seat:
    number: str
    fen: int


def decide_seat(command: SeatCommand, seat: Seat | None, seen: Seen) -> Sequence[SeatEvent]:
    match command:
        case TakeSeat():
            if seat is not None:
                return []
            if not seen.state(CLASS, command.class_key):
                raise ClassIsClosed
            if seen.holder("number", command.number) is not None:
                raise NumberTaken
            return [SeatTaken(number=command.number, fen=command.fen, until=command.until)]
        case GiveSeatBack():
            return [SeatGivenBack()] if seat is not None else []
        case _:
            assert_never(command)


def evolve_seat(seat: Seat | None, event: SeatEvent) -> Seat | None:
    return Seat(event.number, event.fen) if isinstance(event, SeatTaken) else None


def seat_reads(command: SeatCommand) -> Iterable[Read]:
    if isinstance(command, TakeSeat):
        yield Read(decider=CLASS, key=command.class_key)
        yield Read(guard=("number", command.number))


def seat_effects(before: Seat | None, event: SeatEvent) -> Iterable[Effect]:
    match event:
        case SeatTaken():
            yield Take("number", event.number, holder=event.number)
            yield Post("paid", event.fen)
            yield Post("purse", -event.fen)
            if event.until:
                yield Wake("time-is-up", event.until)
        case SeatGivenBack():
            if before:
                yield Release("number", before.number)
                yield Post("paid", -before.fen)
                yield Post("purse", before.fen)
            yield Wake("time-is-up", None)
        case _:
            assert_never(event)


SEAT: Decider[SeatCommand, SeatEvent, Seat | None] = Decider(
    category="seat",
    initial=None,
    decide=decide_seat,
    evolve=evolve_seat,
    reads=seat_reads,
    effects=seat_effects,
    events=SeatEvent,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    type: ClassVar[str] = "counted"


COUNTER: Decider[Count, Counted, int] = Decider(
    category="counter",
    initial=0,
    decide=lambda command, count, seen: [Counted()],
    evolve=lambda count, event: count + 1,
    events=Counted,
)
"""Counts every command: only the door's knowledge of command ids makes sending twice harmless."""
