"""Queries and routes over the ledger of workers: who belongs to a group on a day, and who comes next as a trainee."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Final

from contracts.days import Day
from contracts.groups import MIGRANTS, NEW_GENERATION_MIGRANT, AnyGroupCode, same_group
from contracts.memberships import Membership, groups_on
from contracts.region import RegionCode, bounds
from eventcore.clock import legal_day
from eventcore.web import ApiRequest, Paged, router
from fastapi import APIRouter, Query
from pydantic import BaseModel
from sqlalchemy import ColumnElement, Label, Select, String, and_, case, func, literal, or_, select, type_coerce
from sqlalchemy import select as select_columns
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import col

from registry.workers import priority
from registry.workers.designation import TRAINING
from registry.workers.views.workers import WORKERS, WorkerRow, WorkerTable, memberships_of

TEXTS: Final = ARRAY(String)
Region = Annotated[RegionCode, Query(description="A county, prefecture or province. 县、市或省的行政区划代码。")]
On = Annotated[Day | None, Query(description="The legal day that is asked about; today. 截止日期，默认今天。")]


class WorkerListed(BaseModel):
    """A worker without personal data; `groups` are those of the day. 劳动者（不含个人信息）。"""

    worker: str
    household_region: str
    county: str
    """Whose offices look after the worker; of a guest, of the work. 服务县（外省劳动者为就业地）。"""
    groups: list[str]
    derived: list[str]
    """Groups that follow from these and from what a survey said of the worker's generation."""
    memberships: list[Membership]
    employment_status: str | None
    surveyed_on: date | None
    household: str | None
    canonical: str | None


class WorkerPage(BaseModel):
    """Workers, and the cursor of the next page where there may be one."""

    workers: list[WorkerListed]
    next: str | None


class Candidate(WorkerListed):
    """Who may be designated next, and why in this place. 培训对象候选人及排序原因。"""

    rank: int
    reasons: list[str]
    eligible: bool | None


class Ranked(WorkerRow):
    """A worker of the view with a place in the order of candidates."""

    rank: int


class CandidatePage(BaseModel):
    """Candidates in order, and the cursor of the next page where there may be one."""

    candidates: list[Candidate]
    next: str | None


def held(codes: frozenset[str], on: date) -> ColumnElement[bool]:
    """Whether the worker of the row belongs, on that day, to a group that is on record under one of these codes."""
    parts = func.unnest(col(WorkerTable.group_codes), col(WorkerTable.group_from), col(WorkerTable.group_to))
    one = parts.table_valued("code", "first", "last", name="membership").render_derived()
    return (
        select_columns(literal(1))
        .select_from(one)
        .where(one.c.code.in_(sorted(codes)), one.c.first <= on, or_(one.c.last.is_(None), one.c.last > on))
        .exists()
    )


def _in(region: str) -> ColumnElement[bool]:
    first, last = bounds(region)
    return and_(col(WorkerTable.county).between(first, last), col(WorkerTable.listed).is_(True))


def _derived(on: date) -> ColumnElement[bool]:
    """New-generation migrants (R-REG-22): who is a migrant on that day, and was born from 1980 on."""
    return col(WorkerTable.new_generation).is_(True) & held(MIGRANTS, on)


def members(group: str | None, on: date, region: str, attention: bool | None) -> Select[Any]:
    """Who had died by that day is in no group; data of restricted use are not listed, nor is who was found to be
    somebody else."""
    deceased = col(WorkerTable.deceased_on)
    wanted = [_in(region), or_(deceased.is_(None), deceased >= on)]
    wanted += [col(WorkerTable.restricted).is_(False), col(WorkerTable.canonical).is_(None)]
    if group is not None:
        wanted.append(_derived(on) if group == NEW_GENERATION_MIGRANT else held(same_group(group, on), on))
    if attention is not None:
        wanted.append(col(WorkerTable.attention).is_not(None) == attention)
    return select(WORKERS.definition).where(*wanted)


def rank(on: date) -> Label[int]:
    """The worker's place in the order of the policies (R-REG-02)."""
    steps = ((held(step.groups, on), place) for place, step in enumerate(priority.STEPS))
    return case(*steps, else_=priority.LAST).label("rank")


def candidates(region: str, ranks: Label[int]) -> Select[Any]:
    """Who wants training, lives, stands for themselves, whose data may be used, and who is neither designated nor found
    ineligible."""
    return select(WORKERS.definition, ranks).where(
        _in(region),
        type_coerce(col(WorkerTable.wishes), TEXTS).overlap(sorted(TRAINING)),
        col(WorkerTable.deceased_on).is_(None),
        col(WorkerTable.canonical).is_(None),
        col(WorkerTable.restricted).is_(False),
        col(WorkerTable.plan).is_(None),
        col(WorkerTable.eligible).is_not(False),
    )


def _listed(row: WorkerRow, on: date) -> dict[str, Any]:
    memberships = memberships_of(row)
    return {
        "worker": row.worker,
        "household_region": row.household_region,
        "county": row.county,
        "groups": list(groups_on(memberships, on)),
        "derived": [NEW_GENERATION_MIGRANT] if row.new_generation and _is_migrant(memberships, on) else [],
        "memberships": list(memberships),
        "employment_status": row.employment_status,
        "surveyed_on": row.surveyed_on,
        "household": row.household,
        "canonical": row.canonical,
    }


def _is_migrant(memberships: Iterable[Membership], on: date) -> bool:
    return not MIGRANTS.isdisjoint(groups_on(memberships, on))


workers_listed: APIRouter = router()


@workers_listed.get("/v1/workers", tags=["workers"])
async def list_workers(
    request: ApiRequest,
    page: Paged,
    region: Region,
    group: Annotated[
        AnyGroupCode | None,
        Query(
            description="In the vocabulary of any time: people on record under its other names count; or a derived "
            "group. 群体，含推算群体。"
        ),
    ] = None,
    on: On = None,
    attention: Annotated[bool | None, Query(description="Under special attention today. 重点关注对象。")] = None,
) -> WorkerPage:
    """Workers of a region who belong to a group on a day, in old or new vocabulary. 某日属于某群体的劳动者。"""
    request.require_region(region)
    day = on or legal_day()
    wanted = members(group, day, region, attention)
    rows, following = await page.rows(WORKERS, wanted, WorkerTable.county, WorkerTable.worker)
    return WorkerPage(workers=[WorkerListed(**_listed(row, day)) for row in rows], next=following)


@workers_listed.get("/v1/trainee-candidates", tags=["trainees"])
async def list_candidates(
    request: ApiRequest,
    page: Paged,
    region: Region,
    on: On = None,
) -> CandidatePage:
    """Who wants training and may be designated, poor households first, with the reasons (R-REG-02, R-REG-03).

    培训对象候选人，贫困户优先，并说明排序原因。
    """
    request.require_region(region)
    day = on or legal_day()
    ranks = rank(day)
    rows, following = await page.shown(WORKERS, Ranked, candidates(region, ranks), ranks, WorkerTable.worker)
    shown = [
        Candidate(
            **_listed(row, day),
            rank=row.rank,
            reasons=list(priority.reasons(memberships_of(row), day)),
            eligible=row.eligible,
        )
        for row in rows
    ]
    return CandidatePage(candidates=shown, next=following)
