"""Regions as reports count them: old codes lead to those of the report's day, and every survey has one place."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from contracts import region
from contracts.errors import InvalidRegion
from contracts.region import Region

Per: TypeAlias = Literal["child", "county"]
"""What the rows of a report are: the regions right below the one that is asked for, or all its counties."""

_CODES_OF_A_PROVINCE: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A code, while it meant one place: where a report counts what was recorded under it."""

    code: str
    since: date
    until: date
    """The first day on which it no longer meant it."""
    place: str
    """The row of the report: one of `Breakdown.rows`, or the region asked for where its parts cannot be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """How a report on a region is divided on its day."""

    region: Region
    rows: tuple[Region, ...]
    areas: tuple[Area, ...]

    def shown(self, counted: Container[str]) -> tuple[Region, ...]:
        """The rows, and the region itself where it has none or something was counted in none of them."""
        own = not self.rows or self.region.code in counted
        return (*self.rows, self.region) if own else self.rows


class RegionDivided(ValueError):
    """The code's area belongs to several regions on that day, and none of them is the one that was asked for."""


def on_day(code: str, day: date) -> Region:
    """The one region that the code leads to on that day. RegionDivided, or InvalidRegion where it never was."""
    found = region.current(code, day)
    if len(found) != 1:
        raise RegionDivided
    return region.region(found[0].code, day)


@lru_cache(maxsize=256)
def breakdown(asked: str, day: date, per: Per) -> Breakdown:
    """The rows of a report of that day, and every code that ever was used for what lies in the region.

    A code whose area was divided counts in the smallest region that holds all parts: a row of the report, or the
    region asked for itself. Codes of other provinces are not looked for: the last that moved did so in 1997.
    """
    rows = region.children(asked, day) if per == "child" else _counties(asked, day)
    codes = frozenset(each.code for each in rows)
    areas = (_area(use, asked, codes, day) for use in _uses(asked[:2]))
    return Breakdown(region=region.region(asked, day), rows=rows, areas=tuple(area for area in areas if area))


def _counties(asked: str, day: date) -> tuple[Region, ...]:
    below = region.children(asked, day)
    inner = (county for each in below for county in _counties(each.code, day))
    return tuple(sorted({*(each for each in below if region.is_county_level(each.code, day)), *inner}, key=_by_code))


def _by_code(each: Region) -> str:
    return each.code


def _area(use: "_Use", asked: str, rows: frozenset[str], day: date) -> Area | None:
    if use.since > day:
        return None
    found = region.current(use.code, day, use.until - timedelta(days=1))
    lines = [{each.code, *(above.code for above in region.parents(each.code, day))} for each in found]
    common = set.intersection(*lines) if lines else set()
    if asked not in common:
        return None
    return Area(code=use.code, since=use.since, until=use.until, place=next(iter(common & rows), asked))


class _Use(NamedTuple):
    code: str
    since: date
    until: date


@lru_cache(maxsize=40)
def _uses(province: str) -> tuple[_Use, ...]:
    """Every time that a code of the province had a meaning. In the year of a change two meanings of one code overlap:
    there the newer one holds, as in `region.region`, and no survey is counted twice."""
    found: list[_Use] = []
    for number in range(_CODES_OF_A_PROVINCE):
        following = date.max
        for meaning in reversed(_history(f"{province}{number:04}")):
            since = meaning.valid_from or date.min
            found.append(_Use(meaning.code, since, min(meaning.valid_to or date.max, following)))
            following = since
    return tuple(found)


def _history(code: str) -> tuple[Region, ...]:
    try:
        return region.history(code)
    except InvalidRegion:
        return ()
