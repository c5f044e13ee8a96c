"""Rosters of made-up people as CSV, as an office would send them."""

import csv
import io
from collections.abc import Iterable
from datetime import date

from lb.people import Person, people

HEADER = (
    *("姓名", "身份证号", "联系电话", "户籍地", "人员类别", "认定日期", "摸查日期", "采集渠道", "采集方式"),
    *("就业状态", "就业形式", "就业地", "就业单位名称", "单位联系方式", "意愿"),
)
TODAY = date(2026, 6, 1)
CSV = "text/csv"


def made_up(count: int, seed: int = 7, *, county: str = "520526") -> list[Person]:
    """So many people of one county, all different."""
    return list(people(count, seed, today=TODAY, counties=(county,)))


def line(person: Person, **changes: str) -> dict[str, str]:
    """A clerk's line about a person, by header."""
    body = person.survey()
    work = body["employment"]
    return {
        "姓名": person.name,
        "身份证号": person.number,
        "联系电话": person.phone,
        "户籍地": person.county,
        "人员类别": "、".join(person.groups),
        "认定日期": "2022-01-01",
        "摸查日期": person.surveyed_on.isoformat(),
        "采集渠道": body["channel"],
        "采集方式": body["capture_method"],
        "就业状态": work["status"],
        "就业形式": work.get("form", ""),
        "就业地": work.get("region", ""),
        "就业单位名称": work.get("employer", ""),
        "单位联系方式": work.get("contact", ""),
        "意愿": "、".join(work.get("wishes", ())),
    } | changes


def roster(lines: Iterable[dict[str, str]], *, also: tuple[str, ...] = ()) -> bytes:
    """The file; `also` are further columns."""
    text = io.StringIO()
    writer = csv.DictWriter(text, (*HEADER, *also))
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode("utf-8-sig")


def roster_of(persons: Iterable[Person]) -> bytes:
    """A file with a line for each."""
    return roster(line(person) for person in persons)
