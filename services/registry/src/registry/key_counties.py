"""National key counties of poverty alleviation, as of a day (R-REG-01), and pairs of counties and cities that help each
other (R-REG-12, R-XRG-09). Both are data with validity, because lists and pairs are drawn again."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from contracts import region
from contracts.errors import InvalidRegion


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """`helper` supports `county`, from a day up to but without another."""

    county: str
    helper: str
    valid_from: date
    valid_to: date | None
    source: str

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def is_key_county(code: str, day: date) -> bool:
    """Whether the county was on the list on that day, also under the code that it had or has at other times."""
    return any(first <= day and (last is None or day < last) for first, last in _listed().get(_place(code), ()))


def pairs(county: str, day: date) -> tuple[Pair, ...]:
    """Who supported the county, or the prefecture that it lies in, on that day. InvalidRegion."""
    return tuple(each for each in _pairs() if each.holds_on(day) and region.is_within(county, each.county, day))


def key_counties(day: date) -> tuple[str, ...]:
    """Their codes of today, in order."""
    return tuple(sorted(code for code in _listed() if is_key_county(code, day)))


@cache
def _listed() -> Mapping[str, tuple[tuple[date, date | None], ...]]:
    listed: dict[str, tuple[tuple[date, date | None], ...]] = {}
    for row in _rows("key_counties.csv"):
        first, last = _period(row)
        listed[_place(row["region"])] = (*listed.get(_place(row["region"]), ()), (first, last))
    return listed


@cache
def _pairs() -> tuple[Pair, ...]:
    found = []
    for row in _rows("pairs.csv"):
        first, last = _period(row)
        found.append(
            Pair(county=row["county"], helper=row["helper"], valid_from=first, valid_to=last, source=row["source"])
        )
    return tuple(found)


def _rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader((files("registry") / "data" / name).read_text(encoding="utf-8").splitlines())


def _period(row: Mapping[str, str]) -> tuple[date, date | None]:
    return date.fromisoformat(row["valid_from"]), date.fromisoformat(row["valid_to"]) if row["valid_to"] else None


@cache
def _place(code: str) -> str:
    """The code that the county has now: one that was renumbered stays the same county."""
    try:
        places = region.current(code, date.max)
    except InvalidRegion:
        return code
    return places[0].code if len(places) == 1 else code
