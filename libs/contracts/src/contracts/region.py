"""Regions by their GB/T 2260 codes: a tree whose codes begin and end, and whose old codes lead to today's.

The tree is as deep as it is: most counties lie in a prefecture, those of Beijing and the directly administered ones
(90xx) right in their province, and 东莞 or 嘉峪关 are prefectures without counties. The sources give years: in the year
of a change old and new are both valid. Nothing is read before the first question; the tables stay in memory.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import AfterValidator, WithJsonSchema

from contracts._region_table import Row, table
from contracts.errors import InvalidRegion, checked

Level: TypeAlias = Literal["province", "prefecture", "county"]

_FORM: Final = re.compile(r"[1-9][0-9]{5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """One code with one name, for as long as it had it."""

    code: str
    name: str
    parent: str | None
    level: Level
    valid_from: date | None
    """None: from before 1981, where the record begins."""
    valid_to: date | None
    """The first day on which it is no longer valid; None: it is valid."""
    successors: tuple[str, ...]
    """The codes that took over its area when it ended; its own where only the name changed."""

    def is_valid(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)


def region(code: str, on: date) -> Region:
    """What the code means on that day. Raises `InvalidRegion`."""
    newest_first = reversed(history(code))
    for meaning in newest_first:
        if meaning.is_valid(on):
            return meaning
    raise InvalidRegion("region_not_valid_then")


def exists(code: str, on: date) -> bool:
    return any(meaning.is_valid(on) for meaning in _history(code))


def history(code: str) -> tuple[Region, ...]:
    """All that the code ever meant, oldest first. Raises `InvalidRegion` where it never meant anything."""
    if not _FORM.fullmatch(code):
        raise InvalidRegion("region_format")
    found = _history(code)
    if not found:
        raise InvalidRegion("region_unknown")
    return found


def parents(code: str, on: date) -> tuple[Region, ...]:
    """From the nearest to the province; empty for a province. Raises `InvalidRegion`."""
    region(code, on)
    return tuple(region(above, on) for above in _above(code) if exists(above, on))


def is_within(code: str, ancestor: str, on: date) -> bool:
    """Whether the region is the other or lies in it on that day. Raises `InvalidRegion` for an unknown code."""
    return any(each.code == ancestor for each in (region(code, on), *parents(code, on)))


@lru_cache(maxsize=8192)  # asked for every request, and for every row of a roster
def lies_in(code: str, ancestor: str, on: date) -> bool:
    """Whether the area of one code lies in that of the other on that day, whatever either is called by then. False for
    codes that never were."""
    try:
        below, above = current(code, on), current(ancestor, on)
        return bool(below) and all(any(is_within(one.code, each.code, on) for each in above) for one in below)
    except InvalidRegion:
        return False


def bounds(code: str) -> tuple[str, str]:
    """First and last code of the region and everything in it: GB/T 2260 numbers the tree."""
    known = code.rstrip("0") if code.endswith("00") else code
    known += "0" * (len(known) % 2)
    return known.ljust(6, "0"), known.ljust(6, "9")


@lru_cache(maxsize=8192)
def province_of(code: str) -> str:
    """The six digits of the province. Raises `InvalidRegion`."""
    return history(code)[0].code[:2] + "0000"


def codes() -> tuple[str, ...]:
    """Every code that there is or was, in order."""
    return tuple(sorted(table().rows))


def children(code: str | None, on: date) -> tuple[Region, ...]:
    """The regions right below, by code; the provinces for None. Raises `InvalidRegion`."""
    if code is None:
        return tuple(region(each, on) for each in table().rows if each.endswith("0000") and exists(each, on))
    region(code, on)
    below = (each for each in table().by_province[code[:2]] if exists(each, on))
    return tuple(region(each, on) for each in below if any(above.code == code for above in parents(each, on)[:1]))


def valid(on: date) -> tuple[Region, ...]:
    """Every region of that day, by code."""
    return tuple(region(code, on) for code in sorted(table().rows) if exists(code, on))


@lru_cache(maxsize=8192)
def is_county_level(code: str, on: date) -> bool:
    """A county, or a prefecture that has none (东莞): where households and reports belong. False for other codes."""
    if not exists(code, on) or code.endswith("0000"):
        return False
    return not code.endswith("00") or not any(
        each.startswith(code[:4]) and each != code and exists(each, on) for each in table().by_province[code[:2]]
    )


def named(name: str, on: date, within: str | None = None) -> tuple[Region, ...]:
    """All regions with exactly this name on that day; several where the name is not unique (城关区, 朝阳区)."""
    found = (region(code, on) for code in table().by_name.get(name, ()) if exists(code, on))
    return tuple(each for each in found if each.name == name and (not within or is_within(each.code, within, on)))


def current(code: str, on: date, meant_on: date | None = None) -> tuple[Region, ...]:
    """The regions that have the code's area on that day: several where it was divided.

    `meant_on` says when the code was written down; without it a code that is valid on that day stands for itself, and
    one that is not for what it meant last. Also takes codes that only other lists had. Raises `InvalidRegion`.
    """
    alias = table().aliases.get(code)
    if alias:
        return current(alias.target, on, alias.last_used)
    meanings = history(code)
    start = next((each for each in reversed(meanings) if meant_on is None or each.is_valid(meant_on)), None)
    if start is None:
        raise InvalidRegion("region_not_valid_then")
    found: dict[str, Region] = {}
    for each in _follow(start, on, set()):
        found.setdefault(each.code, each)
    return tuple(found.values())


def _follow(start: Region, on: date, seen: set[tuple[str, date | None]]) -> Iterator[Region]:
    key = (start.code, start.valid_from)
    if key in seen:
        return
    seen.add(key)
    if start.valid_to is None or on < start.valid_to:
        yield start
        return
    year_end = date(start.valid_to.year - 1, 12, 31)
    for code in start.successors:
        meaning = next((each for each in reversed(_history(code)) if each.is_valid(year_end)), None)
        if meaning and (meaning.code, meaning.valid_from) != key:
            yield from _follow(meaning, on, seen)


@lru_cache(maxsize=8192)
def _history(code: str) -> tuple[Region, ...]:
    return tuple(_region(code, row) for row in table().rows.get(code, ()))


def _region(code: str, row: Row) -> Region:
    above = [each for each in _above(code) if _overlaps(table().rows.get(each, ()), row)]
    return Region(
        code=code,
        name=row.name,
        parent=above[0] if above else None,
        level="province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county",
        valid_from=date(row.since, 1, 1) if row.since else None,
        valid_to=date(row.until + 1, 1, 1) if row.until else None,
        successors=row.successors,
    )


def _above(code: str) -> list[str]:
    return [above for above in (code[:4] + "00", code[:2] + "0000") if above != code and not code.endswith("0000")]


def _overlaps(rows: Iterable[Row], other: Row) -> bool:
    """Whether one of them was in use on the last day of one of the other's years."""
    return any(
        (not row.until or row.until > other.since) and (not other.until or row.since < other.until) for row in rows
    )


def _known(text: str) -> str:
    return history(text)[0].code


RegionCode: TypeAlias = Annotated[
    str,
    AfterValidator(checked(_known)),
    WithJsonSchema({"type": "string", "pattern": "^[1-9][0-9]{5}$", "description": "GB/T 2260; 行政区划代码"}),
]
"""Field of a request body: a plain string; the code exists or existed. Whether on a given day, `region` says."""
