"""Targets of the documents, as stated (R-STA-01, R-STA-13, R-STA-16, R-PLC-01 to R-PLC-03): beside the numbers, never
mixed into them."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A share (`per_mille`) of a rate, a number of persons, or an amount. `flag` says what is wrong or missing; the
    stated figure is never repaired."""

    id: str
    rate: str | None
    """Name of the numerator in the funnel, or of the amount; None: nothing here measures it."""
    per_mille: int | None
    persons: int | None
    fen: int | None
    valid_from: date | None
    valid_to: date | None
    zh: str
    en: str
    source: str
    stated: str
    flag: str | None


def of_day(day: date) -> tuple[Target, ...]:
    """Those that hold on that day."""
    return tuple(
        each
        for each in _targets()
        if (each.valid_from is None or each.valid_from <= day) and (each.valid_to is None or day < each.valid_to)
    )


@cache
def _targets() -> tuple[Target, ...]:
    lines = (files("reporting") / "data" / "targets.csv").read_text(encoding="utf-8").splitlines()
    return tuple(_target(row) for row in csv.DictReader(lines))


def _target(row: dict[str, str]) -> Target:
    return Target(
        id=row["id"],
        rate=row["rate"] or None,
        per_mille=int(row["per_mille"]) if row["per_mille"] else None,
        persons=int(row["persons"]) if row["persons"] else None,
        fen=int(row["fen"]) if row["fen"] else None,
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        zh=row["zh"],
        en=row["en"],
        source=row["source"],
        stated=row["stated"],
        flag=row["flag"] or None,
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
