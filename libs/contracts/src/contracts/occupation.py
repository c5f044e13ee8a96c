"""Occupations of the national classification (职业分类大典): a code means something in its edition only.

The table holds the codes that are used, not the whole classification (`data/README.md`).
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, WithJsonSchema

from contracts.errors import InvalidOccupation, checked

EDITIONS: Final = ("1999", "2015", "2022")
_FORM: Final = re.compile(r"[1-8]-[0-9]{2}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True, order=True)
class OccupationKey:
    """(edition, code); as text `2022/6-18-01-01`."""

    edition: str
    code: str

    def __str__(self) -> str:
        return f"{self.edition}/{self.code}"

    @staticmethod
    def parse(text: str) -> "OccupationKey":
        """Raises `InvalidOccupation` for another form or edition; not for a code that the table lacks."""
        edition, _, code = text.partition("/")
        if edition not in EDITIONS:
            raise InvalidOccupation("occupation_edition")
        if not _FORM.fullmatch(code):
            raise InvalidOccupation("occupation_format")
        return OccupationKey(edition, code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupation:
    key: OccupationKey
    name: str
    verified: bool
    """False: no published source was seen; to be compared with the printed edition before anything is decided by it."""
    source: str


def occupation(edition: str, code: str) -> Occupation:
    """Raises `InvalidOccupation`."""
    found = _occupations().get(OccupationKey.parse(f"{edition}/{code}"))
    if found is None:
        raise InvalidOccupation("occupation_unknown")
    return found


def occupations(edition: str) -> tuple[Occupation, ...]:
    """Those of one edition, by code. Raises `InvalidOccupation` for an unknown edition."""
    if edition not in EDITIONS:
        raise InvalidOccupation("occupation_edition")
    return tuple(each for key, each in sorted(_occupations().items()) if key.edition == edition)


def same_in(key: OccupationKey, edition: str, on: date) -> tuple[OccupationKey, ...]:
    """The occupation in another edition by the crosswalk as it stands on that day; empty where it says nothing."""
    if key.edition == edition:
        return (key,)
    return tuple(
        other for one, other, valid_from in _crosswalk() if valid_from <= on and one == key and other.edition == edition
    )


def equivalents(key: OccupationKey, on: date) -> tuple[OccupationKey, ...]:
    """Every (edition, code) of the occupation's concept by the crosswalk as it stands on that day, itself among them.

    What may be true only once for a concept is guarded under each of them: a later line of the crosswalk joins
    concepts, and finds what was guarded under either (R-SUB-22)."""
    found, waiting = {key}, [key]
    while waiting:
        one = waiting.pop()
        more = {other for known, other, since in _crosswalk() if known == one and since <= on} - found
        found |= more
        waiting += more
    return tuple(sorted(found))


@cache
def _occupations() -> Mapping[OccupationKey, Occupation]:
    found = {}
    for row in _rows("occupations.csv"):
        key = OccupationKey.parse(f"{row['edition']}/{row['code']}")
        found[key] = Occupation(key=key, name=row["name"], verified=row["verified"] == "yes", source=row["source"])
    return found


@cache
def _crosswalk() -> tuple[tuple[OccupationKey, OccupationKey, date], ...]:
    pairs = [
        (OccupationKey.parse(row["one"]), OccupationKey.parse(row["other"]), date.fromisoformat(row["valid_from"]))
        for row in _rows("occupation_crosswalk.csv")
    ]
    return (*pairs, *((other, one, valid_from) for one, other, valid_from in pairs))


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("contracts") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _text(text: str) -> str:
    key = OccupationKey.parse(text)
    return str(occupation(key.edition, key.code).key)


OccupationText: TypeAlias = Annotated[
    str,
    AfterValidator(checked(_text)),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": "^(1999|2015|2022)/[1-8]-[0-9]{2}-[0-9]{2}-[0-9]{2}$",
            "description": "Edition and code of 职业分类大典",
        }
    ),
]
"""Field of a request body: `2022/6-18-01-01`, a plain string; the table has it."""
