"""Rosters of made-up people as CSV, as large as one likes; the text of a line is as long as a clerk's."""

import csv
import io
from datetime import date
from itertools import islice
from typing import Final

from lb.people import COUNTIES, people

HEADER: Final = (
    *("姓名", "身份证号", "联系电话", "户籍地", "人员类别", "认定日期", "摸查日期", "采集渠道", "采集方式"),
    *("就业状态", "就业形式", "就业地", "就业单位名称", "单位联系方式", "意愿"),
)
TODAY: Final = date(2026, 6, 1)
SEED: Final = 7


def made(count: int, *, first: int) -> bytes:
    """So many people from this number on; nobody is in two rosters that do not overlap."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for person in islice(people(first + count, SEED, today=TODAY, counties=COUNTIES), first, None):
        body = person.survey()
        work = body["employment"]
        told = (work.get("form", ""), work.get("region", ""), work.get("employer", ""), work.get("contact", ""))
        writer.writerow(
            (
                *(person.name, person.number, person.phone, person.county, "、".join(person.groups), "2022-01-01"),
                *(person.surveyed_on.isoformat(), body["channel"], body["capture_method"], work["status"]),
                *told,
                "、".join(work.get("wishes", ())),
            )
        )
    return text.getvalue().encode()
