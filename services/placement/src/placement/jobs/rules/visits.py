"""How soon and how often a worker is visited (`visits.csv`, R-PLC-07, R-PLC-23, R-PLC-26)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from placement.jobs.rules.tables import holding, rows, since


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    region: str
    valid_from: date
    first_after: int
    """Days after a job began or was lost."""
    every: int
    """Days after a visit."""
    source: str
    illustrative: bool


def rhythm(region: str, day: date) -> Rhythm:
    """By which visits are due in a county."""
    return holding(_rhythms(), region, day)


@cache
def _rhythms() -> tuple[Rhythm, ...]:
    return rows("visits.csv", _read)


def _read(row: Mapping[str, str]) -> Rhythm:
    return Rhythm(
        region=row["region"],
        valid_from=since(row["valid_from"]),
        first_after=int(row["first_after"]),
        every=int(row["every"]),
        source=row["source"],
        illustrative=row["illustrative"] == "yes",
    )
