"""What routes of reports take and give."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from contracts.region import RegionCode
from eventcore.web import Body, example
from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from reporting.reports.calendar import PERIOD, Kind
from reporting.reports.events import Number
from reporting.reports.views.reports import ReportRow, Version

ReportId: TypeAlias = Annotated[
    str,
    Path(
        pattern=r"^(monthly|quarterly|yearly)-[1-9][0-9]{5}-20[0-9]{2}(-(0[1-9]|1[0-2])|-Q[1-4])?$",
        description="Kind, region and period. 报表编号：种类、行政区划和期间。",
        examples=["monthly-520526-2026-03"],
    ),
]
Standing: TypeAlias = Literal["open", "due", "overdue", "on_time", "late"]


class ReportIn(Body):
    """A report of a region. Its day and deadline follow from the calendar. 报表。"""

    model_config = example({"kind": "MONTHLY", "region": "520526", "period": "2026-03"})

    kind: Kind
    region: RegionCode
    period: Annotated[str, Field(pattern=PERIOD, examples=["2026-03"])]


class ReportAnswer(BaseModel):
    """What a command on a report answers. 报表编号与版本。"""

    report: str
    restatements: int
    known_at: int
    version: int


class Shown(BaseModel):
    model_config = ConfigDict(frozen=True)


class RowOut(Shown):
    """A region below. 下级行政区划。"""

    region: str
    name: str
    numbers: dict[str, int]


class VersionOut(Shown):
    """Numbers as frozen, or as restated. 固化或重述的数字。"""

    restatement: int = Field(description="0: as frozen. 0 为首次固化。")
    known_at: int = Field(description="Position of the log up to which facts were known. 已知截至位置。")
    settled_on: date
    digest: str = Field(description="SHA-256 over report, both times and numbers. 摘要。")
    signature: str | None = Field(
        description="JWS (Ed25519) over the digest, for `/v1/report-verifications`; null where it was frozen before "
        "reports were signed. 签名。"
    )
    differences: int = Field(description="How many numbers of persons and claims changed. 差异条数。")
    numbers: dict[str, int]
    rows: list[RowOut]


class ReportHead(Shown):
    """A report without its numbers. 报表概况。"""

    report: str
    kind: str
    region: str
    name: str
    period: str
    as_of: date
    due_on: date
    frozen_on: date
    on_time: bool = Field(description="Frozen by the deadline (R-STA-08). 是否按时。")
    recipients: list[str]
    restatements: int


class ReportOut(ReportHead):
    """A report as it was frozen, and every restatement. 报表及历次重述。"""

    incarnation: str
    by: str
    organisation: str
    versions: list[VersionOut]


class ReportPage(Shown):
    """Reports, and the cursor of the next page where there may be one."""

    reports: list[ReportHead]
    next: str | None


class DifferenceOut(Shown):
    """A number that changed: of a worker, or of a claim where it is money. 一人（或一事项）一数的差异。"""

    subject: str = Field(description="Id of the worker or the claim. 劳动者或补贴事项标识。")
    number: str
    change: int = Field(description="Persons, or fen. 人数或分。")
    causes: list[str] = Field(description="Ids of the public facts that made it. 原因事件。")


class RestatementOut(Shown):
    """A restatement's differences, a part at a time. 重述差异。"""

    report: str
    restatement: int
    differences: list[DifferenceOut]
    next: str | None


class DeadlineOut(Shown):
    """A report that is asked for, and what became of it. 报送期限与按时情况。"""

    report: str
    kind: str
    zh: str
    en: str
    period: str
    as_of: date
    due_on: date
    illustrative: bool = Field(description="No document states the day. 文件未规定具体日期。")
    recipients: list[str]
    standing: Standing
    frozen_on: date | None


class Deadlines(Shown):
    """All reports of a region and a year. 全年报送期限。"""

    region: str
    year: int
    deadlines: list[DeadlineOut]


def head(row: ReportRow) -> ReportHead:
    return ReportHead(**_head(row))


def whole(row: ReportRow) -> ReportOut:
    return ReportOut(
        **_head(row),
        incarnation=row.incarnation,
        by=row.by,
        organisation=row.organisation,
        versions=[_version(each) for each in versions(row)],
    )


def versions(row: ReportRow) -> list[Version]:
    """As frozen, then every restatement."""
    return [msgspec.json.decode(text, type=Version) for text in row.versions]


def named(numbers: Iterable[Number]) -> dict[str, int]:
    return {each.name: each.value for each in numbers}


def _head(row: ReportRow) -> dict[str, Any]:
    kept = ("report", "kind", "region", "name", "period", "as_of", "due_on", "frozen_on", "recipients")
    counted = {"on_time": row.frozen_on <= row.due_on, "restatements": len(row.versions) - 1}
    return {name: getattr(row, name) for name in kept} | counted


def _version(version: Version) -> VersionOut:
    return VersionOut(
        restatement=version.restatement,
        known_at=version.known_at,
        settled_on=version.settled_on,
        digest=version.digest,
        signature=version.signature or None,
        differences=version.differences,
        numbers=named(version.numbers),
        rows=[RowOut(region=each.region, name=each.name, numbers=named(each.numbers)) for each in version.rows],
    )
