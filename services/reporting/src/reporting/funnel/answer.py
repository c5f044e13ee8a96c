"""What `GET /v1/funnel` answers: numbers with their names, what each is a part of, and the targets beside the rates."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from contracts.groups import GROUPS
from pydantic import BaseModel, ConfigDict, Field

from reporting import groups, targets
from reporting.asking import Moment
from reporting.funnel.query import NOTHING, Funnel, Only, Slice, Tally
from reporting.regions import Breakdown

DENOMINATORS: Final[Mapping[str, str]] = {
    "surveys_approved": "surveys",
    "surveys_rejected": "surveys",
    "surveys_pending": "surveys",
    "persons_approved": "persons_surveyed",
    "enrolled_of_designated": "persons_designated",
    "completed_of_registered": "persons_registered",
    "completed_of_enrolled": "persons_enrolled",
    "certified_of_completed": "persons_completed",
    "employed_of_completed": "persons_completed",
    "transferred_of_completed": "persons_completed",
    "organised_of_transferred": "persons_transferred",
    "stable_of_transferred": "persons_transferred",
}
RATES: Final[Mapping[str, tuple[str, str]]] = {
    "enrolled_of_designated": ("培训对象入学率", "Enrolled, of those designated"),
    "completed_of_registered": ("接受过职业培训的比例", "Completed a training, of those registered"),
    "completed_of_enrolled": ("培训合格率", "Completed, of those enrolled"),
    "certified_of_completed": ("获证率", "Certified, of those who completed"),
    "employed_of_completed": ("培训后就业率", "Employed, of those who completed"),
    "transferred_of_completed": ("转移就业率", "Transferred to work, of those who completed"),
    "organised_of_transferred": ("劳务输出组织化程度", "Transferred with help, of all transferred"),
    "stable_of_transferred": ("稳定就业率", "Stably employed, of those transferred"),
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
    persons_registered: int = Field(description="Known to the province. 已登记的劳动者人数。")
    persons_designated: int = Field(description="Designated as trainees. 已确定为培训对象的人数。")
    persons_enrolled: int = Field(description="With a seat in a class. 已录取入班的人数。")
    persons_completed: int = Field(description="With a completed training that counts. 培训合格人数。")
    persons_certified: int = Field(description="With a certificate that was not revoked. 取得证书人数（不含撤销）。")
    persons_dispatched: int = Field(description="Left for a job by a transfer, also if they never came. 已派出人数。")
    persons_transferred: int = Field(
        description="Work outside the county of their household: arrived by a transfer, or started a job there, "
        "however it was found. 转移就业人数（户籍县以外到岗或就业，含自主就业）。"
    )
    persons_employed: int = Field(description="Started a job, anywhere and however found. 就业人数。")
    persons_stable: int = Field(
        description="Reached stable employment: three years in a row with enough months (R-PLC-02). 稳定就业人数。"
    )
    persons_deceased: int = Field(description="Have died; they stay in the other numbers. 已故人数，仍计入其他各项。")
    enrolled_of_designated: int = Field(description="Of `persons_designated`: enrolled too. 培训对象中已录取的人数。")
    completed_of_registered: int = Field(
        description="Of `persons_registered`: completed a training at least once; with `group` the coverage of poor "
        "workers (R-TRN-10). 已登记劳动者中至少接受过一次培训的人数。"
    )
    completed_of_enrolled: int = Field(description="Of `persons_enrolled`: completed too. 录取人员中合格的人数。")
    certified_of_completed: int = Field(
        description="Of `persons_completed`: certified too (R-STA-01). 培训合格人员中取得证书的人数。"
    )
    employed_of_completed: int = Field(description="Of `persons_completed`: employed too. 培训合格人员中就业的人数。")
    transferred_of_completed: int = Field(
        description="Of `persons_completed`: transferred too (R-PLC-01). 培训合格人员中转移就业的人数。"
    )
    organised_of_transferred: int = Field(
        description="Of `persons_transferred`: at least once by a transfer or an office. Who found the job alone is in "
        "the whole, and not here (R-ADD-09). 转移就业人员中有组织输出的人数（自主就业计入分母）。"
    )
    stable_of_transferred: int = Field(
        description="Of `persons_transferred`: stably employed too (R-PLC-02). 转移就业人员中稳定就业的人数。"
    )


class RegionCounts(Counts):
    region: str = Field(description="GB/T 2260, as of the day. 截至当日的行政区划代码。", examples=["520500"])
    name: str = Field(examples=["毕节市"])


class GroupCounts(Counts):
    group: str = Field(description="As of the day. 截至当日的群体代码。", examples=["MONITORED"])
    zh: str
    en: str


class SliceCounts(Counts):
    slice: str = Field(
        description="Year of designation, credit code or occupation. 培训对象确定年度、机构代码或职业。",
        examples=["2026", "2022/6-18-01-01"],
    )


class TargetOut(Answer):
    """A target as its document states it. 文件规定的目标。"""

    id: str
    zh: str
    en: str
    source: str = Field(description="Document or requirement. 出处。", examples=["R-STA-01"])
    stated: str = Field(description="In the document's own words. 原文表述。", examples=["達到90%"])
    per_mille: int | None = Field(description="The share that is asked for. 目标比例（千分数）。", examples=[900])
    persons: int | None = Field(description="The number that is asked for. 目标人数。")
    fen: int | None = Field(description="The amount that is asked for, in fen. 目标金额（分）。")
    flag: str | None = Field(description="What is wrong or missing; figures are not repaired. 存疑或未计量说明。")


class Rate(Answer):
    """A share of persons. Numerator and denominator are members of `total`. 比率。"""

    rate: str = Field(description="Name of the numerator. 分子。", examples=["certified_of_completed"])
    of: str = Field(description="Name of the denominator. 分母。", examples=["persons_completed"])
    zh: str
    en: str
    numerator: int
    denominator: int
    per_mille: int | None = Field(description="Rounded down; null where nobody is in it. 千分数，舍去尾数。")
    target: str | None = Field(description="Id of its target. 对应的目标。", examples=["certificate-rate"])
    met: bool | None = Field(description="Whether the target is reached. 是否达标。")


class Stated(Answer):
    """What numbers are of: region, day, position."""

    region: str = Field(examples=["520000"])
    name: str = Field(examples=["贵州省"])
    as_of: date = Field(description="Legal day in Asia/Shanghai up to which facts count. 统计截止日。")
    position: int = Field(
        description="As `known_at` it gives these numbers again. 以此作为 known_at 可重现同样的数字。", examples=[48213]
    )
    incarnation: str = Field(description="The log that the position belongs to. 该位置所属的日志。")
    parked_streams: int = Field(
        description="Streams with facts up to the position that could not be read yet and are not counted. "
        "尚无法读取、未计入的事件流数。"
    )


class FunnelOut(Stated):
    group: str | None = Field(description="The only group that is counted. 仅统计该群体。")
    cohort: int | None = Field(description="Only who was designated first in that year. 仅统计该年度培训对象。")
    institution: str | None = Field(description="Only steps at this institution. 仅统计该培训机构。")
    occupation: str | None = Field(description="Only steps in this occupation. 仅统计该职业。")
    denominators: dict[str, str] = Field(description="Which number each is a part of. 各项的分母。")
    total: Counts
    rates: list[Rate] = Field(description="Of `total`, with their denominators. 总计的各项比率及分母。")
    targets: list[TargetOut] = Field(description="Those of the day, also what is not measured here. 当日有效的目标。")
    regions: list[RegionCounts] = Field(
        description="The regions below, and the region itself for what belongs to none of them. "
        "下级行政区划；无法归入下级的计入本级。"
    )
    groups: list[GroupCounts] = Field(
        description="A worker may belong to several groups: they do not add up. 群体之间有交叉，不可相加。"
    )
    by: Slice | None = Field(description="What `slices` are. 分项方式。")
    slices: list[SliceCounts] = Field(
        description="Surveys and designations belong to no institution or occupation. "
        "摸查和培训对象确定不属于任何机构或职业。"
    )


def answer(
    funnel: Funnel, breakdown: Breakdown, moment: Moment, *, as_of: date, only: Only, by: Slice | None
) -> FunnelOut:
    """The numbers in the order of their codes, with zeros for regions and groups that have none."""
    return FunnelOut(
        **stated(breakdown, moment, as_of),
        group=None if only.group is None else groups.led(as_of)[only.group],
        cohort=only.cohort,
        institution=only.institution,
        occupation=only.occupation,
        denominators=dict(DENOMINATORS),
        total=Counts(**numbers(funnel.total)),
        rates=rates(funnel.total, as_of),
        targets=[target_out(each) for each in targets.of_day(as_of)],
        regions=_regions(funnel, breakdown),
        groups=_groups(funnel, as_of, only.group),
        by=by,
        slices=[SliceCounts(slice=each, **numbers(tally)) for each, tally in sorted(funnel.slices.items())],
    )


def stated(breakdown: Breakdown, moment: Moment, as_of: date) -> Mapping[str, Any]:
    """The members that every answer of numbers has."""
    return {
        "region": breakdown.region.code,
        "name": breakdown.region.name,
        "as_of": as_of,
        "position": moment.position,
        "incarnation": moment.incarnation,
        "parked_streams": moment.parked,
    }


def numbers(tally: Tally) -> dict[str, int]:
    """All numbers of a row, by name."""
    return {name: getattr(tally, name) for name in Counts.model_fields}


def rates(tally: Tally, as_of: date) -> list[Rate]:
    """Every share with its parts, and whether its target of that day is reached."""
    aims = {each.rate: each for each in targets.of_day(as_of)}
    return [_rate(name, numbers(tally), aims.get(name)) for name in RATES]


def _rate(name: str, counted: Mapping[str, int], aim: targets.Target | None) -> Rate:
    (zh, en), of = RATES[name], DENOMINATORS[name]
    part, whole = counted[name], counted[of]
    measured = aim is not None and aim.per_mille is not None and whole > 0
    return Rate(
        rate=name,
        of=of,
        zh=zh,
        en=en,
        numerator=part,
        denominator=whole,
        per_mille=part * 1000 // whole if whole else None,
        target=aim.id if aim else None,
        met=part * 1000 >= (aim.per_mille or 0) * whole if aim and measured else None,
    )


def target_out(target: targets.Target) -> TargetOut:
    """As an answer shows it."""
    return TargetOut(**{name: getattr(target, name) for name in TargetOut.model_fields})


def _regions(funnel: Funnel, breakdown: Breakdown) -> list[RegionCounts]:
    rows = breakdown.shown(funnel.regions)
    return [
        RegionCounts(region=each.code, name=each.name, **numbers(funnel.regions.get(each.code, NOTHING)))
        for each in rows
    ]


def _groups(funnel: Funnel, as_of: date, group: str | None) -> list[GroupCounts]:
    names = {code.code: (code.zh, code.en) for code in GROUPS.codes}
    every: Iterable[str] = sorted({code.code for code in GROUPS.as_of(as_of)} | funnel.groups.keys())
    found = []
    for each in every if group is None else groups.shown(group, as_of):
        zh, en = names.get(each, (each, each))
        found.append(GroupCounts(group=each, zh=zh, en=en, **numbers(funnel.groups.get(each, NOTHING))))
    return found
