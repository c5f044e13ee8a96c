"""Records of ours as a file or message of a system, by its declaration."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Final

from registry.sources.system import System
from registry.sources.values import theirs

_RUN: Final = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be run by a spreadsheet program."""


class NotWritable(Exception):
    """A record does not fit the system: `field` has a value that it has no word for, or lacks one that it wants."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def write(system: System, records: Iterable[Mapping[str, str]]) -> bytes:
    """A CSV table (UTF-8 with mark, as spreadsheet programs want it) or a JSON message. NotWritable."""
    rows = [_row(system, record) for record in records]
    if system.message:
        document = {**system.message.fixed, system.message.rows: rows}
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(column.names[0] for column in system.columns)
    table.writerows([_cell(row.get(column.names[0], "")) for column in system.columns] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def media_type(system: System) -> str:
    """Of what `write` makes."""
    return "application/json" if system.message else "text/csv; charset=utf-8"


def _row(system: System, record: Mapping[str, str]) -> dict[str, str]:
    row: dict[str, str] = {}
    for column in system.columns:
        value = record.get(column.field, "")
        if not value and (column.required or _wanted(system, column.field, record)):
            raise NotWritable(column.field)
        try:
            row[column.names[0]] = theirs(column, value) if value else ""
        except ValueError:
            raise NotWritable(column.field) from None
    return row


def _wanted(system: System, field: str, record: Mapping[str, str]) -> bool:
    return any(
        check.field == field and all(record.get(name) == value for name, value in check.when.items())
        for check in system.checks
    )


def _cell(text: str) -> str:
    """Defused; reading takes the apostrophe away again."""
    return f"'{text}" if text.startswith(_RUN) else text
