"""`/v1/entitlements`: what can I get, for everybody, from the same packs that decide."""

from datetime import date
from typing import Annotated

from contracts.days import Day
from contracts.groups import GroupCode
from contracts.occupation import OccupationText
from contracts.region import RegionCode
from contracts.skills import SkillLevelCode
from contracts.subsidy_codes import CLAIM_KINDS
from eventcore.clock import Clock, legal_day
from eventcore.readers import queries
from eventcore.web import ApiRequest, router
from eventcore.web.waiting import WaitFor, WaitSeconds, until_view
from fastapi import APIRouter, Query
from pydantic import BaseModel

from subsidy.packs.entitlements import EntitlementOut, entitlement
from subsidy.packs.inputs import Value
from subsidy.packs.pack import Pack, rules_of
from subsidy.packs.rule_pack import names_for
from subsidy.packs.views.published import PUBLISHED, PackRow, holding


class EntitlementsOut(BaseModel):
    """What the packs of the region say on the day. 当日可享受的补贴。"""

    region: str
    on: date
    entitlements: list[EntitlementOut]


def nearest(rows: list[PackRow], region: str) -> list[PackRow]:
    """Of each kind the pack of the county, else of the prefecture, else of the province."""
    by_name = {row.name: row for row in rows}
    chosen = (
        next((by_name[name] for name in names_for(kind.code, region) if name in by_name), None)
        for kind in CLAIM_KINDS.codes
    )
    return [row for row in chosen if row is not None]


def routes(clock: Clock) -> APIRouter:
    """The route, by the clock that says what today is."""
    found = router()

    @found.get(
        "/v1/entitlements", tags=["rule packs"], response_model=EntitlementsOut, response_model_exclude_none=True
    )
    async def list_entitlements(
        request: ApiRequest,
        region: Annotated[RegionCode, Query(description="County of the household. 户籍县。")],
        group: Annotated[GroupCode | None, Query(description="Group of the worker. 所属群体。")] = None,
        occupation: Annotated[OccupationText | None, Query(description="Occupation. 职业（工种）。")] = None,
        level: Annotated[SkillLevelCode | None, Query(description="Level of the skill. 技能等级。")] = None,
        on: Annotated[Day | None, Query(description="On this day; today where it is missing. 日期。")] = None,
        wait_for: WaitFor = None,
        wait_seconds: WaitSeconds = 5,
    ) -> EntitlementsOut:
        """What a person can get there, how much, what for, and how long it takes (R-SUB-30). 可以享受哪些补贴。"""
        day, pool = on or legal_day(clock), request.web.store.pool
        await until_view(pool, PUBLISHED.reader, wait_for, wait_seconds)
        names = {name for kind in CLAIM_KINDS.codes for name in names_for(kind.code, region)}
        rows = [PackRow(**row) for row in await queries.Query(holding(sorted(names), day)).fetch(pool)]
        asked: dict[str, Value | None] = {
            "region": region,
            "groups": None if group is None else (group,),
            "occupation": occupation,
            "level": level,
        }
        values = {name: value for name, value in asked.items() if value is not None}
        packs = [Pack(row.version, rules_of(row.text)) for row in nearest(rows, region)]
        return EntitlementsOut(region=region, on=day, entitlements=[entitlement(pack, values) for pack in packs])

    return found
