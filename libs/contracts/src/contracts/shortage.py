"""Occupations that are urgently short (急需紧缺职业目录, R-TRN-25): regions publish them, rules may pay more for them.

A line holds for its region and what lies in it, from a day to a last day. No document names an occupation: the table is
an example, and says so.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from contracts.codes import Code, CodeList
from contracts.occupation import OccupationKey, equivalents
from contracts.region import lies_in

SHORTAGE: Final = "SHORTAGE"
ORDINARY: Final = "ORDINARY"
OCCUPATION_DEMANDS: Final = CodeList(
    name="occupation-demands",
    zh="职业需求程度",
    en="How much an occupation is in demand",
    codes=(
        Code(code=SHORTAGE, zh="急需紧缺", en="Urgently short", source="R-TRN-25"),
        Code(code=ORDINARY, zh="一般", en="Not listed", source="R-TRN-25"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    region: str
    occupation: OccupationKey
    valid_from: date
    valid_to: date | None
    """The last day; None: no end."""
    source: str
    illustrative: bool

    def holds(self, region: str, day: date) -> bool:
        """Whether the list of that day has it for the region."""
        in_time = self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
        return in_time and lies_in(region, self.region, day)


def shortages(region: str, day: date) -> Iterator[Shortage]:
    """What is short in a region on a day, by its own list and those of the regions around it."""
    return (each for each in _table() if each.holds(region, day))


@lru_cache(maxsize=4096)
def demand(occupation: str, region: str, day: date) -> str:
    """Code of `occupation-demands`; the occupation by the code of any edition."""
    meant = equivalents(OccupationKey.parse(occupation), day)
    return SHORTAGE if any(each.occupation in meant for each in shortages(region, day)) else ORDINARY


@cache
def _table() -> tuple[Shortage, ...]:
    text = (files("contracts") / "data" / "shortage_occupations.csv").read_text(encoding="utf-8")
    return tuple(
        Shortage(
            region=row["region"],
            occupation=OccupationKey.parse(row["occupation"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            source=row["source"],
            illustrative=row["illustrative"] == "yes",
        )
        for row in csv.DictReader(text.splitlines())
    )
