"""What a roster (花名册) is once it was read: sheets, the clerk's own rows, and for each row a draft or why not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, Literal, TypeAlias

from contracts.memberships import Membership

from registry.surveys.commands import Employed, Unemployed

MB: Final = 1 << 20


class Kind(StrEnum):
    """How the file is made."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a file may cost. Everything is compared before memory is taken for it."""

    bytes: int = 20 * MB
    rows: int = 50_000
    """Lines with something in them, over all sheets."""
    cells: int = 2_000_000
    """Lines times columns up to the last used ones, over all sheets: readers take memory for all of them."""
    ratio: int = 100
    """Inflated to packed size, of the whole package and of each of its parts that is larger than a megabyte."""
    inflated: int = 160 * MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What the upload says for cells and columns that are not there, and what the rows are measured against."""

    today: date
    """Legal day in Asia/Shanghai."""
    province: str
    """Whose registry reads, six digits."""
    surveyed_on: date | None = None
    channel: str | None = None
    capture_method: str | None = None
    youngest: int = 16
    """Completed years on the day of the survey; as `oldest`, inclusive."""
    oldest: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A row as a survey may be recorded from it: normalised and well-formed, without ids."""

    name: str = field(repr=False)
    number: str = field(repr=False)
    phone: str | None = field(repr=False)
    household_region: str
    groups: tuple[Membership, ...]
    surveyed_on: date
    channel: str
    capture_method: str
    employment: Employed | Unemployed


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidTo:
    """Where the row says that the worker is to be paid. No part of the survey."""

    account: str = field(repr=False)
    bank: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a row is refused: a code of `verdicts.csv` and the fields it is about."""

    code: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Exactly one of `draft` and `finding` is there."""

    sheet: str
    """Empty for a CSV file."""
    line: int
    """From 1, as spreadsheet programs count."""
    cells: tuple[str, ...] = field(repr=False)
    """The clerk's own words under `Sheet.header`, a text each; reason columns of an earlier verdict are left out."""
    draft: Draft | None
    finding: Finding | None
    paid_to: PaidTo | None = None
    """With a draft only, and only where the row names an account."""


SheetStatus: TypeAlias = Literal["read", "no_header", "hidden"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    name: str
    status: SheetStatus
    """Only what was read has rows."""
    header_line: int | None
    """The last line of the header."""
    header: tuple[str, ...]
    fields: tuple[str | None, ...]
    """The field that each column of the header gives; None: ignored."""
    skipped: tuple[int, ...]
    """Lines below the header that are no person's: totals, notes, headers of the next page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    kind: Kind
    sheets: tuple[Sheet, ...]
    ignored_columns: tuple[str, ...]
    """Headers of columns that give no field, each once."""
    rows: tuple[Row, ...]


VerdictWord: TypeAlias = Literal["recorded", "again", "unchanged", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a row."""

    sheet: str
    line: int
    verdict: VerdictWord
    code: str | None = None
    fields: tuple[str, ...] = ()
    """What to look at in the row."""
    survey: str | None = None
    worker: str | None = None


class Unreadable(Exception):
    """The file as a whole is refused: a code of `problems.csv` that begins with `roster_`. Details name columns,
    sheets, lines and limits, never the content of a cell that belongs to a person."""

    def __init__(self, code: str, **details: str | int | Sequence[str]) -> None:
        super().__init__(code)
        self.code: Final = code
        self.details: Final = details
