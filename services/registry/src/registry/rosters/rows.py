"""Which lines below a header are people: not blank ones, totals, notes, headers that are repeated on each page."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from registry.rosters import headers
from registry.rosters.headers import Header
from registry.rosters.text import compact, tidy

_TOTALS: Final = re.compile(r"(?:合计|总计|小计|共计|总数|本页小计|累计)(?:[:(0-9].*|人数.*|人)?|共[0-9]+人.*")
_LABELS: Final = re.compile(
    r"(?:填表|填报|制表|审核|审批|核查|负责|经办|联系|报送|上报|单位|日期|时间|说明|备注|注|附)[^:]{0,12}:.*"
    r"|(?:注|说明|备注|填表说明|填报说明|备)[:0-9.、].*"
)
_DIGITS: Final = re.compile(r"\d")
"""Wide ones too."""
_NUMBER_LIKE: Final = 6
"""Digits that make a cell of the column of numbers more than a remark."""


def is_person(line: Sequence[str], header: Header, columns: Mapping[str, int]) -> bool:
    """Whether the line is about a person, be it ever so incomplete. What is said of none is a total, a note, …"""
    if len(_DIGITS.findall(_under(line, columns, "number"))) >= _NUMBER_LIKE:
        return True
    filled = [text for text in line if tidy(text)]
    if not filled or _repeats(line, header) or _counts(filled):
        return False
    if any(_TOTALS.fullmatch(compact(text)) for text in filled[:3]) or _LABELS.fullmatch(compact(filled[0])):
        return False
    return sum(bool(tidy(_under(line, columns, field))) for field in columns) > 1


def _under(line: Sequence[str], columns: Mapping[str, int], field: str) -> str:
    at = columns.get(field)
    return line[at] if at is not None and at < len(line) else ""


def _repeats(line: Sequence[str], header: Header) -> bool:
    """Some of the cells say what stands above them."""
    same = sum(
        field is not None and field in headers.named(text)
        for field, text in zip(header.fields, line, strict=False)
        if not _DIGITS.search(text)
    )
    return same >= headers.LEAST


def _counts(filled: Sequence[str]) -> bool:
    """The line of column numbers: 1, 2, 3, …"""
    return len(filled) >= headers.LEAST and all(
        compact(text).strip("()") == str(index) for index, text in enumerate(filled, 1)
    )
