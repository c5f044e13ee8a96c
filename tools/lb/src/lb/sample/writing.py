"""A sample as files: the rosters, and beside them the truth, how to upload, and the right verdict of every row."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from lb.sample.files import RosterFile
from lb.sample.formats import render
from lb.sample.layout import lay_out
from lb.sample.planning import Row, Sample

VERDICTS: Final = "verdicts.csv"
PEOPLE: Final = "people.csv"
UPLOADS: Final = "uploads.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A row in its place. `sheet` is empty in text files; `line` counts from 1, as a spreadsheet program does."""

    sheet: str
    line: int
    row: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """One file, ready to be sent."""

    file: RosterFile
    data: bytes
    rows: tuple[Planned, ...]


def rosters(sample: Sample) -> Iterator[Roster]:
    """In the order in which they are to be imported."""
    for file, rows in sample.rosters:
        sheets = lay_out(file, rows, Random(f"{sample.seed} {file.name}"))  # noqa: S311
        placed = tuple(Planned(sheet=sheet.name, line=line, row=row) for sheet in sheets for line, row in sheet.rows)
        yield Roster(file=file, data=render(file, sheets), rows=placed)


def write(sample: Sample, folder: Path) -> Iterator[Roster]:
    """Writes roster after roster into the folder, and at the end the lists beside them."""
    written: list[Roster] = []
    for roster in rosters(sample):
        (folder / roster.file.name).write_bytes(roster.data)
        written.append(roster)
        yield roster
    _table(folder / VERDICTS, ("file", "sheet", "line", "verdict", "code", "field", "person"), _verdicts(written))
    _table(folder / UPLOADS, ("file", "region", "channel", "capture_method"), _uploads(written))
    columns = ("person", "name", "number", "sex", "birth_date", "phone", "household_region", "surveys")
    _table(folder / PEOPLE, columns, _people(sample))


def _verdicts(written: Sequence[Roster]) -> Iterator[Sequence[object]]:
    for roster in written:
        for placed in roster.rows:
            row = placed.row
            yield roster.file.name, placed.sheet, placed.line, row.verdict, row.code, row.field, row.person.id


def _uploads(written: Sequence[Roster]) -> Iterator[Sequence[object]]:
    for roster in written:
        yield roster.file.name, roster.file.county.code, roster.file.channel, roster.file.capture_method


def _people(sample: Sample) -> Iterator[Sequence[object]]:
    surveys = Counter(row.person.id for row in sample.rows if row.verdict in ("recorded", "again"))
    for each in sample.people:
        sex = "male" if each.male else "female"
        yield each.id, each.name, each.number, sex, each.born, each.phone, each.county.code, surveys[each.id]


def _table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    path.write_bytes(out.getvalue().encode("utf-8"))
