"""Sums of money in two times."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Final

from eventcore.database import Pool

from reporting.asking import report, sql, statement, tables
from reporting.money.view import MONEY
from reporting.regions import Breakdown
from reporting.steps.located import within


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """In fen."""

    committed: int = 0
    ordered: int = 0
    paid: int = 0
    failed: int = 0
    returned: int = 0


NONE: Final = Sums()
_NAMES: Final = tuple(each.name for each in fields(Sums))


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    total: Sums = NONE
    funds: Mapping[str, Sums] = field(default_factory=dict)
    kinds: Mapping[str, Sums] = field(default_factory=dict)
    regions: Mapping[str, Sums] = field(default_factory=dict)
    cells: Mapping[tuple[str, str, str], Sums] = field(default_factory=dict)
    """By fund, kind and region."""


async def add_up(pool: Pool, breakdown: Breakdown, as_of: date, known: int) -> Money:
    """A region's sums by that day, as known at that position."""
    rows: dict[tuple[str | None, str | None, str | None], Sums] = {}
    for record in await report(pool, _QUERY, **within(breakdown, as_of), known=known):
        sums = Sums(**{name: record[name] for name in _NAMES})
        rows[record["fund"], record["kind"], record["place"]] = sums
    total = rows.pop((None, None, None), NONE)
    return Money(
        total=total,
        funds={fund: sums for (fund, kind, place), sums in rows.items() if fund and not kind},
        kinds={kind: sums for (fund, kind, place), sums in rows.items() if kind and not fund},
        regions={place: sums for (fund, kind, place), sums in rows.items() if place and not fund},
        cells={(f, k, p): sums for (f, k, p), sums in rows.items() if f and k and p},
    )


_QUERY: Final = statement(sql(__file__, "money.sql", **tables(money=MONEY)))
