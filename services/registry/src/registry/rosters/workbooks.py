"""The verdict workbook: the clerk's own rows, what became of each, and why. It can be corrected and sent again."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from registry.rosters import tables
from registry.rosters.headers import REASON_COLUMNS
from registry.rosters.roster import Finding, Roster, Row, Sheet, Verdict
from registry.rosters.tables import Language

_RUNS: Final = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_HALF: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
_NO_NAME: Final = re.compile(r"[\[\]:*?/\\]|^'|'$")
_LONGEST: Final = 32_767
_NAME: Final = 31
_SHEET: Final = {"zh": "名单", "en": "Roster"}
_COMMA: Final = {"zh": "、", "en": ", "}
_NOTHING: Final = Finding("")
_WIDTH: Final = 16
_TEXT: Final = "@"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looks:
    text: Format
    head: Format
    wrong: Format


def workbook(roster: Roster, verdicts: Mapping[tuple[str, int], Verdict], language: Language = "zh") -> bytes:
    """XLSX: every row of the roster with what was said of it, by (sheet, line); of the others what reading found. All
    cells are text, and none begins with what a program would run, now or after it was saved as CSV."""
    target = io.BytesIO()
    # in_memory: nothing of the rows may lie in a temporary file
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, options)
    looks = _Looks(
        text=book.add_format({"num_format": _TEXT}),
        head=book.add_format({"num_format": _TEXT, "bold": True, "text_wrap": True, "valign": "top"}),
        wrong=book.add_format({"num_format": _TEXT, "bg_color": "#FFC7CE"}),
    )
    for sheet in roster.sheets:
        if sheet.status == "read":
            rows = (row for row in roster.rows if row.sheet == sheet.name)
            _write(book.add_worksheet(_name(sheet.name) or _SHEET[language]), sheet, rows, verdicts, language, looks)
    book.close()
    return target.getvalue()


def _write(
    page: Worksheet,
    sheet: Sheet,
    rows: Iterator[Row],
    verdicts: Mapping[tuple[str, int], Verdict],
    language: Language,
    looks: _Looks,
) -> None:
    columns = (*sheet.header, *REASON_COLUMNS[language])
    page.set_column(0, len(columns) - 1, _WIDTH, looks.text)
    page.freeze_panes(1, 0)
    for at, title in enumerate(columns):
        page.write_string(0, at, harmless(title), looks.head)
    for line, row in enumerate(rows, 1):
        verdict = verdicts.get((row.sheet, row.line))
        fields = _about(row, verdict).fields
        for at, text in enumerate((*row.cells, *_said(row, verdict, language))):
            if text:
                wrong = at < len(sheet.fields) and sheet.fields[at] in fields
                page.write_string(line, at, harmless(text), looks.wrong if wrong else looks.text)


def harmless(text: str) -> str:
    """The text as a cell can hold it, behind an apostrophe where a program would run it."""
    text = _HALF.sub("\ufffd", text)[: _LONGEST - 1]
    return "'" + text if _RUNS.match(text) or _RUNS.match(text.lstrip()) else text


def _said(row: Row, verdict: Verdict | None, language: Language) -> tuple[str, ...]:
    """What the columns say that are added."""
    word = verdict.verdict if verdict else "refused" if row.finding else ""
    about = _about(row, verdict)
    return (
        tables.reason(word, language),
        tables.reason(about.code, language) if about.code else "",
        about.code or "",
        _COMMA[language].join(tables.title(field, language) for field in about.fields),
        str(row.line),
    )


def _about(row: Row, verdict: Verdict | None) -> Verdict | Finding:
    """What is said against the row, and of which of its fields."""
    return verdict or row.finding or _NOTHING


def _name(name: str) -> str:
    return _NO_NAME.sub("_", name)[:_NAME].strip()
