"""A round gives the free seats of a class to those who chose it, in the order of the priorities (R-REG-02)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Waiting:
    """Who chose the class; the order of the fields is the order in which they come."""

    rank: int
    chosen_on: date
    worker: str


Given: TypeAlias = tuple[Waiting, int | None]


def give(waiting: Iterable[Waiting], free: Sequence[int]) -> Sequence[Given]:
    """Everybody with a seat, or with none where there are fewer seats than people before them."""
    queue = sorted(waiting)
    return [(each, free[n] if n < len(free) else None) for n, each in enumerate(queue)]
