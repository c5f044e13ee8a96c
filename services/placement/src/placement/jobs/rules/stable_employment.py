"""What a month and a year of work are (`stable_employment.csv`, R-PLC-02, R-ADD-15).

A definition holds for the years that begin while it does; only the month in which years begin stays what it was when a
career began, so that years never overlap.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeAlias

from placement.jobs.rules.tables import holding, rows, since


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    region: str
    valid_from: date
    first_month: int
    """In which years begin; a year is named by the calendar year in which it does."""
    month_days: int
    """Days worked that make a month."""
    months: int
    """Months that make a year."""
    years: int
    """Years in a row that make employment stable."""
    settled_after: int
    """Days after the end of a month, or after the job became known, in which it is still waited for."""
    source: str
    illustrative: bool


Definitions: TypeAlias = Callable[[int], Definition]
"""The definition that holds for a year."""


def definitions_of(region: str) -> Definitions:
    """Those of a county of home."""

    def of_year(year: int) -> Definition:
        return holding(_definitions(), region, date(year, 1, 1))

    return of_year


@cache
def _definitions() -> tuple[Definition, ...]:
    return rows("stable_employment.csv", _read)


def _read(row: Mapping[str, str]) -> Definition:
    return Definition(
        region=row["region"],
        valid_from=since(row["valid_from"]),
        first_month=int(row["first_month"]),
        month_days=int(row["month_days"]),
        months=int(row["months"]),
        years=int(row["years"]),
        settled_after=int(row["settled_after"]),
        source=row["source"],
        illustrative=row["illustrative"] == "yes",
    )
