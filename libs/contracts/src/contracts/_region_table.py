"""The rows of `data/regions.tsv` and `data/region_aliases.tsv`, read once (provenance: `data/README.md`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Row(NamedTuple):
    name: str
    since: int
    """First year at whose end it was in use; 0 where that is before the record."""
    until: int
    """First year at whose end it was not in use any more; 0 where it is in use."""
    successors: tuple[str, ...]


class Alias(NamedTuple):
    target: str
    last_used: date


@dataclass(frozen=True, slots=True)
class Table:
    rows: Mapping[str, tuple[Row, ...]]
    by_name: Mapping[str, tuple[str, ...]]
    by_province: Mapping[str, tuple[str, ...]]
    aliases: Mapping[str, Alias]


@cache
def table() -> Table:
    """The region data of the package, read once on first use."""
    rows: dict[str, tuple[Row, ...]] = {}
    by_name: dict[str, tuple[str, ...]] = {}
    by_province: dict[str, tuple[str, ...]] = {}
    for code, name, since, until, successors in _lines("regions.tsv"):
        row = Row(name, int(since or 0), int(until or 0), tuple(successors.split()))
        if code not in rows:
            by_province[code[:2]] = (*by_province.get(code[:2], ()), code)
        rows[code] = (*rows.get(code, ()), row)
        if code not in (known := by_name.get(name, ())):
            by_name[name] = (*known, code)
    aliases = {
        code: Alias(target, date(int(last_used), 12, 31))
        for code, _name, last_used, target in _lines("region_aliases.tsv")
    }
    return Table(rows, by_name, by_province, aliases)


def _lines(name: str) -> list[list[str]]:
    text = (files("contracts") / "data" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]
