"""Occupations that only holders of a certificate may be hired for (`admission.csv`, R-PLC-16, R-CRT-19)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from contracts.occupation import OccupationKey, equivalents
from contracts.skills import NO_LEVEL

from placement.jobs.qualifications.qualification import Held
from placement.jobs.rules.tables import covers, rows, since


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    region: str
    """Where the work is; empty: everywhere."""
    occupation: OccupationKey
    valid_from: date
    source: str
    illustrative: bool


def listed(occupation: str, region: str, day: date) -> Listed | None:
    """Why work in the occupation, by the code of any edition, needs a certificate there then; None: it does not."""
    meant = equivalents(OccupationKey.parse(occupation), day)
    fitting = (each for each in _listed() if each.occupation in meant and each.valid_from <= day)
    return next((each for each in fitting if covers(each, region, day)), None)


def listed_then(day: date) -> frozenset[str]:
    """Every name of an occupation that is listed somewhere on that day."""
    keys = (key for each in _listed() if each.valid_from <= day for key in equivalents(each.occupation, day))
    return frozenset(map(str, keys))


def speaking_for(occupation: str, held: Iterable[Held], day: date) -> tuple[Held, ...]:
    """Those certificates that admit to the occupation: of it, by the code of any edition, and with a level. A single
    ability or a completed training does not."""
    meant = {str(each) for each in equivalents(OccupationKey.parse(occupation), day)}
    return tuple(each for each in held if each.occupation in meant and each.level != NO_LEVEL)


@cache
def _listed() -> tuple[Listed, ...]:
    return rows("admission.csv", _read)


def _read(row: Mapping[str, str]) -> Listed:
    return Listed(
        region=row["region"],
        occupation=OccupationKey.parse(row["occupation"]),
        valid_from=since(row["valid_from"]),
        source=row["source"],
        illustrative=row["illustrative"] == "yes",
    )
