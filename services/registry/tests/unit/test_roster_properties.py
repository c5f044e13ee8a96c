"""Whatever a file looks like, the same people are the same drafts; and whatever bytes come, there is an answer."""

import csv
import io
import random
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from registry.rosters import Limits, Unreadable, inspect, read, workbook
from roster_files import (
    DEFAULTS,
    EMPLOYED,
    HEADERS,
    UNEMPLOYED,
    csv_file,
    drafts,
    person,
    roster,
    table,
    xls_file,
    xlsx_file,
)

PEOPLE: Final = [UNEMPLOYED, EMPLOYED, person(3), person(4, 姓名="吴𠮷"), person(5, 姓名="陈𬱖·䶮")]
GOOD: Final = drafts(csv_file(table(PEOPLE)))
ENCODINGS: Final = ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "gb18030")
SPACES: Final = ("", " ", "\u3000", "\u00a0", "\u2009", "\u200b", "\ufeff", "\t", "'")
DOTS: Final = "·•‧・．"
WIDE: Final = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
DAYS: Final[tuple[Callable[[str, str, str], str], ...]] = (
    lambda year, month, day: f"{year}-{month}-{day}",
    lambda year, month, day: f"{year}/{int(month)}/{int(day)}",
    lambda year, month, day: f"{year}.{int(month)}.{int(day)}",
    lambda year, month, day: f"{year}{month}{day}",
    lambda year, month, day: f"{year}年{int(month)}月{int(day)}日",
)
SYNONYMS: Final = {
    "公民身份号码": ("公民身份号码", "身份证号", "身 份 证 号 码"),
    "户籍地": ("户籍地", "户籍所在地区划"),
    "联系电话": ("联系电话", "手机号"),
    "威宁彝族回族苗族自治县": ("威宁县", "520526", "522427", "贵州省毕节市威宁县"),
    "未就业": ("未就业", "失业", "UNEMPLOYED"),
    "男": ("男", "男性"),
}
SMALL: Final = Limits(rows=5_000, cells=200_000, inflated=16 << 20)
FILES: Final = (
    xlsx_file({"名单": table(PEOPLE)}, merges=[(2, 5, 3, 5)]),
    xls_file({"名单": table(PEOPLE)}, merges=[(7, 0, 8, 0)]),
    csv_file(table(PEOPLE), encoding="gb18030"),
    csv_file(table(PEOPLE), encoding="utf-16-le"),
)


def _dirty(header: str, text: str, dice: random.Random) -> str:
    if header.endswith("日期") and text:
        text = dice.choice(DAYS)(*text.split("-"))
    text = dice.choice(SYNONYMS.get(text, (text,)))
    if header in ("公民身份号码", "联系电话") and dice.random() < 0.3:
        text = text.translate(WIDE)
    text = text.replace("·", dice.choice(DOTS))
    return dice.choice(SPACES) + text + dice.choice(SPACES[:-1]) if text else text


def _file(dice: random.Random) -> bytes:
    """The same people, as another office would send them."""
    headers = [*HEADERS, "备注"]
    dice.shuffle(headers)
    written = [dice.choice(SYNONYMS.get(header, (header,))) for header in headers]
    lines = [[_dirty(header, row.get(header, ""), dice) for header in headers] for row in PEOPLE]
    for at in sorted((dice.randrange(len(lines) + 1) for _ in range(dice.randrange(3))), reverse=True):
        lines.insert(at, [""] * len(headers))
    grid = [*[["花名册"]] * dice.randrange(3), written, *lines, *[["说明：以上属实"]] * dice.randrange(2)]
    match dice.randrange(3):
        case 0:
            return xlsx_file({"名单": grid})
        case 1:
            return xls_file({"名单": grid})
        case _:
            return csv_file(grid, encoding=dice.choice(ENCODINGS), delimiter=dice.choice(",;\t"))


@settings(deadline=None, derandomize=True, max_examples=120)
@given(st.integers(0, 1 << 32))
def test_the_same_people_in_any_file_are_the_same_drafts(seed: int) -> None:
    data = _file(random.Random(seed))
    assert drafts(data) == GOOD
    assert drafts(workbook(roster(data), {})) == GOOD


@settings(deadline=None, derandomize=True, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_a_roster_or_unreadable(data: bytes) -> None:
    _answered(data)


@settings(deadline=None, derandomize=True, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(FILES), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4), st.integers(0, 4)), max_size=6)
)
def test_any_damage_is_a_roster_or_unreadable(data: bytes, damage: list[tuple[float, bytes, int]]) -> None:
    for place, put, taken in damage:
        at = int(place * len(data))
        data = data[:at] + put + data[at + taken :]
    _answered(data)


@settings(deadline=None, derandomize=True, max_examples=150)
@given(st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), max_size=17), max_size=4))
def test_any_cells_under_a_header_are_rows_or_no_people(lines: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([list(HEADERS), *lines])
    found = roster(out.getvalue().encode())
    assert all((row.draft is None) != (row.finding is None) for row in found.rows)


@pytest.mark.slow
def test_ten_thousand_rows_are_read_and_checked_in_a_second_and_a_half() -> None:
    lines = table([person(n) for n in range(10_000)])
    for data in (csv_file(lines, encoding="gb18030"), xlsx_file({"名单": lines})):
        assert any(_seconds(data) <= 1.5 for _ in range(3))


def _seconds(data: bytes) -> float:
    """Of this process, so that neighbours on the machine count less."""
    start = time.process_time()
    found = read(data, Limits(), DEFAULTS)
    assert sum(row.draft is not None for row in found.rows) == 10_000
    return time.process_time() - start


def _answered(data: bytes) -> None:
    with suppress(Unreadable):
        inspect(data, SMALL)
    with suppress(Unreadable):
        read(data, SMALL, DEFAULTS)
