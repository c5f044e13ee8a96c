"""When which report is due, and up to which day it tells: data, from the documents (R-STA-04, R-STA-08, R-STA-09)."""

import tomllib
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, TypeAlias

from contracts.region import Region

Kind: TypeAlias = Literal["MONTHLY", "QUARTERLY", "YEARLY"]

PERIOD: Final = r"^(20[0-9]{2})(-(0[1-9]|1[0-2])|-Q[1-4])?$"
"""`2026-03`, `2026-Q1` or `2026`."""
_MONTHS: Final[Mapping[Kind, int]] = {"MONTHLY": 1, "QUARTERLY": 3, "YEARLY": 12}


class NoSuchPeriod(ValueError):
    """The text names no period of that kind of report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """A kind of report, with who gets it."""

    kind: Kind
    zh: str
    en: str
    source: str
    recipients: tuple[str, ...]
    levels: frozenset[str]
    illustrative: bool
    note: str
    as_of: tuple[int, int]
    """Months after the last month of the period, and day."""
    due: tuple[int, int]

    def asked_of(self, region: Region) -> bool:
        """Whether regions of that level send it."""
        return region.level in self.levels

    def as_of_day(self, period: str) -> date:
        """Up to which day it tells. NoSuchPeriod."""
        return _day(self.kind, period, *self.as_of)

    def due_day(self, period: str) -> date:
        """By which day it is sent. NoSuchPeriod."""
        return _day(self.kind, period, *self.due)


def obligation(kind: Kind) -> Obligation:
    return next(each for each in obligations() if each.kind == kind)


def periods(kind: Kind, year: int) -> Iterable[str]:
    """Those of a year, in order."""
    match kind:
        case "MONTHLY":
            return tuple(f"{year}-{month:02}" for month in range(1, 13))
        case "QUARTERLY":
            return tuple(f"{year}-Q{quarter}" for quarter in range(1, 5))
        case "YEARLY":
            return (f"{year}",)


def report_id(kind: str, region: str, period: str) -> str:
    """The same for the same region, kind and period: so there is one."""
    return f"{kind.lower()}-{region}-{period}"


@cache
def obligations() -> tuple[Obligation, ...]:
    """All kinds of reports."""
    text = (files("reporting") / "data" / "calendar.toml").read_text(encoding="utf-8")
    return tuple(_obligation(each) for each in tomllib.loads(text)["reports"])


def _obligation(row: Mapping[str, Any]) -> Obligation:
    return Obligation(
        kind=row["kind"],
        zh=row["zh"],
        en=row["en"],
        source=row["source"],
        recipients=tuple(row["recipients"]),
        levels=frozenset(row["levels"]),
        illustrative=row["illustrative"],
        note=row["note"],
        as_of=(row["as_of"]["months"], row["as_of"]["day"]),
        due=(row["due"]["months"], row["due"]["day"]),
    )


def _day(kind: Kind, period: str, months: int, day: int) -> date:
    if period not in periods(kind, int(period[:4])):
        raise NoSuchPeriod(period)
    number = period[5:].removeprefix("Q") or "1"
    year, month = divmod(int(period[:4]) * 12 + int(number) * _MONTHS[kind] + months - 1, 12)
    return date(year, month + 1, min(day, monthrange(year, month + 1)[1]))
