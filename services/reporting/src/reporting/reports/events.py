"""What can have happened to a report. Storage format: names and fields are for ever."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, TypeAlias

from eventcore.codec import Upcaster


def _unsigned(data: dict[str, Any]) -> dict[str, Any]:
    """Reports were not signed once."""
    return {**data, "signature": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number of a report, by its name: persons, or fen. Part of stored events."""

    name: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A region below, with its numbers. Part of stored events."""

    region: str
    name: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What became another number: of a person, or of a claim where it is money; because of these public facts. Part of
    stored events."""

    subject: str
    number: str
    change: int
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFrozen:
    type: ClassVar[str] = "report-frozen"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Mapping[int, Upcaster]] = {1: _unsigned}
    report: str
    """Key of this stream."""
    kind: str
    region: str
    name: str
    period: str
    as_of: date
    due_on: date
    recipients: tuple[str, ...]
    known_at: int
    """Position of reporting's own log."""
    incarnation: str
    """The log that the position belongs to."""
    numbers: tuple[Number, ...]
    rows: tuple[Row, ...]
    digest: str
    """SHA-256 over everything above, as `reports.report.digest` writes it."""
    signature: str
    """A JWS over it (`reports.signing`); empty where it was frozen before reports were signed."""
    frozen_on: date
    by: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRestated:
    """The same report as it is known now. Its differences follow, in parts."""

    type: ClassVar[str] = "report-restated"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Mapping[int, Upcaster]] = {1: _unsigned}
    report: str
    restatement: int
    since: int
    """Position of what it takes the place of."""
    known_at: int
    numbers: tuple[Number, ...]
    rows: tuple[Row, ...]
    digest: str
    signature: str
    differences: int
    """How many there are."""
    restated_on: date
    by: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferencesListed:
    """A part of a restatement's differences."""

    type: ClassVar[str] = "differences-listed"
    report: str
    restatement: int
    part: int
    differences: tuple[Difference, ...]


ReportEvent: TypeAlias = ReportFrozen | ReportRestated | DifferencesListed
