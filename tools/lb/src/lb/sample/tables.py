"""What offices write, from the data files beside this module, read once."""

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

FIELDS: Final = (
    "name", "number", "sex", "birth_date", "phone", "household_region", "groups", "group_since", "surveyed_on",
    "channel", "capture_method", "employment_status", "employment_form", "work_region", "employer", "contact", "wishes",
    "account", "bank",
)  # fmt: skip
"""Of a row."""
MANDATORY: Final = ("name", "number", "household_region", "surveyed_on", "employment_status")


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """A real county; `old` is the code that its area had before, where that code led to it alone, `above` the names
    of the province and the prefecture."""

    code: str
    name: str
    old: str
    above: str

    @property
    def city(self) -> str:
        """The code of the prefecture above."""
        return f"{self.code[:4]}00"


def counties(province: str) -> tuple[County, ...]:
    """Those that samples are made for; empty where there are none of this province (six digits)."""
    return tuple(county for county in _counties() if county.code[:2] == province[:2])


def provinces() -> tuple[str, ...]:
    """The codes of those that have counties here."""
    return tuple(sorted({f"{county.code[:2]}0000" for county in _counties()}))


def headers(field: str) -> Sequence[str]:
    """What is written above the column of this field; the usual one first."""
    found: Sequence[str] = _read("headers")[field]
    return found


def extras() -> Mapping[str, Sequence[str]]:
    """Columns that an import has no use for, and what stands in them; a column without values counts the rows."""
    found: Mapping[str, Sequence[str]] = _read("headers")["extra"]
    return found


def codes(field: str) -> Sequence[str]:
    """The values of a field that has a list."""
    return tuple(_read("values")[field])


def texts(field: str, code: str) -> Sequence[str]:
    """What is written for a code; the usual text first."""
    found: Sequence[str] = _read("values")[field][code]
    return found


def names() -> Mapping[str, Any]:
    """Parts of names by kind."""
    return _read("names")


@cache
def _counties() -> tuple[County, ...]:
    lines = (files(__package__) / "data" / "counties.csv").read_text(encoding="utf-8").splitlines()
    return tuple(County(**row) for row in csv.DictReader(lines))


@cache
def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / "data" / f"{name}.toml").read_text(encoding="utf-8"))
