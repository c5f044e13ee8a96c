"""A file or message of a source system, read by its declaration: records in our terms, and why other rows are not."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from registry.rosters.roster import Limits, Unreadable
from registry.sources.system import System, names_of
from registry.sources.tables import Cells, rows
from registry.sources.values import Setting, Wrong, cleaned, ours

LIMITS: Final = Limits(rows=200_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row in our terms. Personal data."""

    line: int
    values: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a row is not taken: line as its office sees it, field and code (`rosters/verdicts.csv`); nothing of the
    row itself."""

    line: int
    field: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a file holds."""

    records: tuple[Record, ...]
    refusals: tuple[Refusal, ...]


def read(system: System, data: bytes, setting: Setting, limits: Limits = LIMITS) -> Reading:
    """The records of a table or message as of its day. rosters.Unreadable."""
    return read_rows(system, _rows(system, data, limits), setting)


def _rows(system: System, data: bytes, limits: Limits) -> Iterator[Cells]:
    if system.message is None:
        return rows(system, data, limits)
    try:
        return message_rows(system, json.loads(data.decode("utf-8-sig")), limits)
    except (ValueError, RecursionError):
        raise Unreadable("source_message_malformed") from None


def message_rows(system: System, document: Any, limits: Limits = LIMITS) -> Iterator[Cells]:
    """The records of a message that was parsed already. rosters.Unreadable."""
    message = system.message
    found = document.get(message.rows) if message and isinstance(document, dict) else None
    fixed = message.fixed if message else {}
    if not isinstance(found, list) or any(document.get(name) != value for name, value in fixed.items()):
        raise Unreadable("source_message_malformed")
    if len(found) > limits.rows:
        raise Unreadable("roster_too_large", limit=limits.rows, unit="rows")
    if not all(isinstance(row, dict) for row in found):
        raise Unreadable("source_message_malformed")
    names = {name: column.field for column in system.columns for name in reversed(names_of(column))}
    return (
        Cells(n, {names[name]: _text(value) for name, value in row.items() if name in names})
        for n, row in enumerate(found, 1)
    )


def _text(value: object) -> str:
    """A number of JSON is no resident ID: it has lost digits before."""
    match value:
        case str():
            return value
        case list():
            return "、".join(_text(each) for each in value)
        case None:
            return ""
        case _:
            return str(value)


def read_rows(system: System, found: Iterator[Cells], setting: Setting) -> Reading:
    """`read`, for rows that are texts already."""
    judged = [_record(system, row, setting) for row in found]
    return Reading(
        records=tuple(each for each in judged if isinstance(each, Record)),
        refusals=tuple(each for each in judged if isinstance(each, Refusal)),
    )


def _record(system: System, row: Cells, setting: Setting) -> Record | Refusal:
    values: dict[str, str] = {}
    for column in system.columns:
        try:
            if column.field in row.formulas:
                raise Wrong("formula")
            if text := cleaned(row.texts.get(column.field, "")):
                values[column.field] = ours(column, text, setting)
            elif column.required:
                raise Wrong("field_missing")
        except Wrong as wrong:
            return Refusal(line=row.line, field=column.field, code=wrong.code)
    for check in system.checks:
        if check.field not in values and all(values.get(name) == value for name, value in check.when.items()):
            return Refusal(line=row.line, field=check.field, code=check.code)
    return Record(line=row.line, values=values)
