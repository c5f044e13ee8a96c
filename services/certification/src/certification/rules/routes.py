"""What each route asks for and leads to (`routes.csv`)."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from contracts.certificate_codes import CERTIFICATE_KINDS

QUALIFICATION: Final = "QUALIFICATION_APPRAISAL"
COMPLETION: Final = "COMPLETION_TEST"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    route: str
    kinds: tuple[str, ...]
    """The certificates that it leads to, in the vocabulary of any time."""
    levels: frozenset[str]
    assessors: int
    """How many at least."""
    supervised: bool
    """Whether a supervisor must be there (R-CRT-17)."""
    parts: tuple[str, ...]
    """What is tested: `theory`, `practice`."""
    pass_mark: int
    """Of 100, in each part."""
    valid_years: int | None
    """How long the certificate holds; None: no end."""
    source: str
    illustrative: bool
    """True: some value of the row has no source and is to be set by the province."""

    def kind_on(self, day: date) -> str | None:
        """The certificate that it leads to on that day (R-CRT-01, R-CRT-07, R-CRT-09); None: none yet."""
        return next((kind for kind in self.kinds if CERTIFICATE_KINDS.find(kind).is_valid(day)), None)

    def valid_until(self, issued_on: date) -> date | None:
        """The last day of a certificate."""
        if self.valid_years is None:
            return None
        return _years_later(issued_on, self.valid_years)


def _years_later(day: date, years: int) -> date:
    """The day before the anniversary; of a 29 February, the last day of that February."""
    if (day.month, day.day) == (2, 29):
        return date(day.year + years, 2, 28)
    return date.fromordinal(day.replace(year=day.year + years).toordinal() - 1)


def route(code: str) -> Route:
    """KeyError for a route that the table does not have."""
    return _routes()[code]


def routes() -> tuple[Route, ...]:
    """All rows of the table."""
    return tuple(_routes().values())


@cache
def _routes() -> Mapping[str, Route]:
    text = (files("certification") / "rules" / "routes.csv").read_text("utf-8")
    return {row["route"]: _route(row) for row in csv.DictReader(text.splitlines())}


def _route(row: Mapping[str, str]) -> Route:
    return Route(
        route=row["route"],
        kinds=tuple(CERTIFICATE_KINDS.known(kind) for kind in row["kinds"].split()),
        levels=frozenset(row["levels"].split()),
        assessors=int(row["assessors"]),
        supervised=row["supervised"] == "yes",
        parts=tuple(row["parts"].split()),
        pass_mark=int(row["pass_mark"]),
        valid_years=int(row["valid_years"]) if row["valid_years"] else None,
        source=row["source"],
        illustrative=row["illustrative"] == "yes",
    )
