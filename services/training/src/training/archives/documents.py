"""The four documents of a class's archive (R-TRN-07), made from its events: the same facts give the same bytes.

Trainees are ids here; who they are, the registry says to whom it may.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

import xlsxwriter
from contracts.training_codes import FAILURE_REASONS, LEAVING_CLASS_REASONS, TEST_RESULTS
from contracts.worker import TRAINEE_PRIORITIES

from training.classes.state import Closed
from training.enrolments.views.roster import RosterRow

Cell = str | int | None
Rows = Sequence[Sequence[Cell]]
_WIDTH: Final = 20
_STATUS: Final = {"CHOSEN": "未录取", "ENROLLED": "在读", "LEFT": "退学", "COMPLETED": "合格", "FAILED": "不合格"}
_WORDS: Final[Mapping[str, str]] = {
    each.code: each.zh
    for codes in (TRAINEE_PRIORITIES, TEST_RESULTS, FAILURE_REASONS, LEAVING_CLASS_REASONS)
    for each in codes.codes
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """`rows`: (class, trainees in order) -> header and lines."""

    name: str
    zh: str
    en: str
    rows: Callable[[Closed, Sequence[RosterRow]], Rows]


def _day(day: date | None) -> Cell:
    return day.isoformat() if day else None


def _registration(found: Closed, trainees: Sequence[RosterRow]) -> Rows:
    head = ("序号", "学员编号", "优先类别", "选择日期", "选择记录", "录取日期", "座位号")
    return [
        head,
        *(
            (
                n,
                each.worker,
                "、".join(_WORDS.get(code, code) for code in each.priority),
                _day(each.chosen_on),
                each.choice,
                _day(each.enrolled_on),
                each.seat,
            )
            for n, each in enumerate(trainees, 1)
        ),
    ]


def _roster(found: Closed, trainees: Sequence[RosterRow]) -> Rows:
    sessions = sorted(found.sessions, key=lambda each: (each.on, each.starts_at))
    head = ("序号", "学员编号", "状态", "退学日期", *(f"{each.on.isoformat()} {each.starts_at}" for each in sessions))
    return [
        head,
        *(
            (
                n,
                each.worker,
                _STATUS[each.status],
                _day(each.left_on),
                *(session.attended.get(each.worker, 0) for session in sessions),
            )
            for n, each in enumerate(trainees, 1)
        ),
    ]


def _assessment(found: Closed, trainees: Sequence[RosterRow]) -> Rows:
    head = ("序号", "学员编号", "学习分钟数", "最低分钟数", "出勤天数", "最低天数", "结业考核", "结果", "原因")
    terms = found.filed.terms
    return [
        head,
        *(
            (
                n,
                each.worker,
                each.minutes,
                terms.minimum_minutes,
                each.days,
                terms.minimum_days,
                _WORDS.get(each.test or "", each.test),
                _STATUS[each.status],
                _WORDS.get(each.reason or "", each.reason),
            )
            for n, each in enumerate(trainees, 1)
            if each.status != "LEFT"
        ),
    ]


def _placement(found: Closed, trainees: Sequence[RosterRow]) -> Rows:
    """Who completed the class and is to be placed; the columns of the job are filled in by whoever places them."""
    head = ("序号", "学员编号", "结业日期", "就业单位", "就业地区", "上岗日期", "备注")
    completed = (each for each in trainees if each.status == "COMPLETED")
    return [head, *((n, each.worker, _day(each.concluded_on), *[None] * 4) for n, each in enumerate(completed, 1))]


DOCUMENTS: Final = (
    Document(name="registration", zh="学员登记表", en="Registration of trainees", rows=_registration),
    Document(name="roster", zh="学员名册", en="Roster of trainees", rows=_roster),
    Document(name="assessment", zh="学员考核鉴定材料", en="Assessment of trainees", rows=_assessment),
    Document(name="placement", zh="学员转移就业台帐", en="Ledger of placement", rows=_placement),
)


def workbook(document: Document, found: Closed, trainees: Sequence[RosterRow]) -> bytes:
    """The document as XLSX. Who only chose the class is not in it."""
    terms, target = found.filed.terms, io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, options)
    book.set_properties(
        {"created": datetime(found.closed_on.year, found.closed_on.month, found.closed_on.day, tzinfo=UTC)}
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    page = book.add_worksheet(document.zh)
    page.write_string(0, 0, f"{document.zh} {document.en}", bold)
    page.write_string(
        1, 0, f"班级 {terms.training_class}　机构 {terms.institution}　职业 {terms.occupation}　等级 {terms.level}"
    )
    page.write_string(2, 0, f"{terms.starts_on} — {terms.ends_on}　结业 {found.closed_on}")
    seated = [each for each in trainees if each.status != "CHOSEN"]
    for line, cells in enumerate(document.rows(found, seated), 4):
        for column, cell in enumerate(cells):
            page.write(line, column, cell, bold if line == 4 else None)
    page.set_column(1, 1, 38)
    page.set_column(2, 60, _WIDTH)
    page.freeze_panes(5, 2)
    book.close()
    return target.getvalue()
