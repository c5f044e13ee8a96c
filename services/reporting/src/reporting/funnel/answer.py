"""What `GET /v1/funnel` answers: numbers with their names, and what each is a part of."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from contracts.groups import GROUPS
from pydantic import BaseModel, ConfigDict, Field

from reporting.funnel.query import NOTHING, Funnel, Tally
from reporting.regions import Breakdown

DENOMINATORS: Final[Mapping[str, str]] = {
    "surveys_approved": "surveys",
    "surveys_rejected": "surveys",
    "surveys_pending": "surveys",
    "persons_approved": "persons_surveyed",
}


class Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class Counts(Answer):
    """Surveys add up over the regions; persons do not: who was surveyed in two regions is one person in each of them,
    and one in the region above."""

    surveys: int = Field(description="Surveys that count: all but the invalidated. 有效摸查记录数（不含作废）。")
    surveys_approved: int = Field(description="Of `surveys`. 其中审核通过。")
    surveys_rejected: int = Field(description="Of `surveys`. 其中审核不通过。")
    surveys_pending: int = Field(description="Of `surveys`: not reviewed by that day. 其中截至当日待审核。")
    surveys_invalidated: int = Field(description="Taken back; in no other number. 已作废，不计入其他各项。")
    persons_surveyed: int = Field(
        description="Different workers with a survey that counts. 有有效摸查记录的劳动者人数（同一人只计一次）。"
    )
    persons_approved: int = Field(
        description="Of `persons_surveyed`: with at least one approved survey. 其中至少一条记录审核通过的人数。"
    )


class RegionCounts(Counts):
    region: str = Field(description="GB/T 2260, as of the day. 截至当日的行政区划代码。", examples=["520500"])
    name: str = Field(examples=["毕节市"])


class GroupCounts(Counts):
    group: str = Field(description="As of the day. 截至当日的群体代码。", examples=["MONITORED"])
    zh: str
    en: str


class FunnelOut(Answer):
    region: str = Field(examples=["520000"])
    name: str = Field(examples=["贵州省"])
    as_of: date = Field(description="Legal day in Asia/Shanghai up to which facts count. 统计截止日。")
    position: int = Field(
        description="As `known_at` it gives these numbers again. 以此作为 known_at 可重现同样的数字。", examples=[48213]
    )
    incarnation: str = Field(description="The log that the position belongs to. 该位置所属的日志。")
    parked_streams: int = Field(
        description="Surveys with facts up to the position that could not be read yet and are not counted. "
        "尚无法读取、未计入的摸查记录数。"
    )
    group: str | None = Field(description="The only group that is counted. 仅统计该群体。")
    denominators: dict[str, str] = Field(description="Which number each is a part of. 各项的分母。")
    total: Counts
    regions: list[RegionCounts] = Field(
        description="The regions below, and the region itself for what belongs to none of them. "
        "下级行政区划；无法归入下级的计入本级。"
    )
    groups: list[GroupCounts] = Field(
        description="A worker may belong to several groups: they do not add up. 群体之间有交叉，不可相加。"
    )


def answer(funnel: Funnel, breakdown: Breakdown, *, as_of: date, group: str | None, incarnation: str) -> FunnelOut:
    """The numbers in the order of their codes, with zeros for regions and groups that have none."""
    return FunnelOut(
        region=breakdown.region.code,
        name=breakdown.region.name,
        as_of=as_of,
        position=funnel.position,
        incarnation=incarnation,
        parked_streams=funnel.parked,
        group=group,
        denominators=dict(DENOMINATORS),
        total=Counts(**_numbers(funnel.total)),
        regions=_regions(funnel, breakdown),
        groups=_groups(funnel, as_of, group),
    )


def _regions(funnel: Funnel, breakdown: Breakdown) -> list[RegionCounts]:
    rows = list(breakdown.rows)
    if not rows or breakdown.region.code in funnel.regions:
        rows.append(breakdown.region)
    return [
        RegionCounts(region=each.code, name=each.name, **_numbers(funnel.regions.get(each.code, NOTHING)))
        for each in rows
    ]


def _groups(funnel: Funnel, as_of: date, group: str | None) -> list[GroupCounts]:
    names = {code.code: (code.zh, code.en) for code in GROUPS.codes}
    shown: Iterable[str] = sorted({code.code for code in GROUPS.as_of(as_of)} | funnel.groups.keys())
    found = []
    for each in shown if group is None else (group,):
        zh, en = names.get(each, (each, each))
        found.append(GroupCounts(group=each, zh=zh, en=en, **_numbers(funnel.groups.get(each, NOTHING))))
    return found


def _numbers(tally: Tally) -> dict[str, int]:
    return {
        "surveys": tally.surveys,
        "surveys_approved": tally.approved,
        "surveys_rejected": tally.rejected,
        "surveys_pending": tally.surveys - tally.approved - tally.rejected,
        "surveys_invalidated": tally.invalidated,
        "persons_surveyed": tally.persons_surveyed,
        "persons_approved": tally.persons_approved,
    }
