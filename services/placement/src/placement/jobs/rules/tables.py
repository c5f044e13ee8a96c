"""How the tables are read: a row holds for a region and what lies in it, from a day on until another follows it."""

import csv
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from importlib.resources import files
from typing import Protocol, TypeVar

from contracts import region as regions


class Row(Protocol):
    """`region`: empty for everywhere; `valid_from`: empty for always."""

    @property
    def region(self) -> str: ...
    @property
    def valid_from(self) -> date: ...


R = TypeVar("R", bound=Row)


def rows(name: str, read: Callable[[Mapping[str, str]], R]) -> tuple[R, ...]:
    """All rows of a table of this folder."""
    text = (files("placement") / "jobs" / "rules" / name).read_text("utf-8")
    return tuple(read(row) for row in csv.DictReader(text.splitlines()))


def holding(found: Iterable[R], region: str, day: date) -> R:
    """The row for the smallest region around this one, and there the latest until that day. LookupError without one."""
    held = [each for each in found if each.valid_from <= day and covers(each, region, day)]
    if not held:
        raise LookupError(region, day)
    return max(held, key=lambda each: (len(each.region.rstrip("0")), each.valid_from))


def since(text: str) -> date:
    """The first day of a row; empty: it always held."""
    return date.fromisoformat(text) if text else date.min


def covers(row: Row, region: str, day: date) -> bool:
    return not row.region or regions.lies_in(region, row.region, day)
