"""Seats of a class: each is a guard with one holder, so that nobody sits where somebody else does."""

from collections.abc import Iterable, Mapping
from typing import Final

from eventcore import Read, Seen

SEAT: Final = "seat"
"""Guard: class/number -> worker."""
MOST: Final = 60
"""Seats of a class. What follows from its closing is done in one call, which holds so many commands."""


def place(training_class: str, seat: int) -> str:
    """The guard's key."""
    return f"{training_class}/{seat}"


def reads(training_class: str, seats: Iterable[int]) -> Iterable[Read]:
    """Who holds these seats."""
    return (Read(guard=(SEAT, place(training_class, seat))) for seat in seats)


def numbers(capacity: int) -> range:
    return range(1, capacity + 1)


def taken(seen: Seen, training_class: str, capacity: int) -> Mapping[int, str]:
    """Seat -> worker, of the seats that are taken."""
    held = ((seat, seen.holder(SEAT, place(training_class, seat))) for seat in numbers(capacity))
    return {seat: holder for seat, holder in held if holder is not None}
