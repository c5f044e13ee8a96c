"""`/v1/codes`: the code lists, for everybody, as of a date."""

import hashlib
from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import Annotated, Final

from contracts.days import Day
from contracts.errors import InvalidRegion
from contracts.region import RegionCode, region
from eventcore.clock import legal_day
from eventcore.web import ApiRequest, Problem, router
from eventcore.web.waiting import Cursor
from fastapi import Path, Query
from pydantic import BaseModel
from starlette.responses import Response

from registry.code_lists.lists import LISTS, CodeOut, Served
from registry.profiles.profile import Profile, check_profile, rs_fields

MAX_AGE: Final = 3600
"""Seconds for which an answer may be kept; then its ETag is asked for again."""
On = Annotated[Day | None, Query(description="As of this day, today where it is missing. 截至日期，缺省为当日。")]


class ListHead(BaseModel):
    """A list by its name. 代码表。"""

    list: str
    zh: str
    en: str


class ListsOut(BaseModel):
    """All lists that are served. 全部代码表。"""

    lists: list[ListHead]


class FieldOut(BaseModel):
    """The field that holds these codes, by its code in the human-resources systems. 人社指标。"""

    code: str
    zh: str
    en: str
    seen_in: str


class ListOut(ListHead):
    """The codes used on the day; of short lists also those that were, with what they became. 代码及其演变。"""

    on: date
    field: FieldOut | None = None
    codes: list[CodeOut]
    former: list[CodeOut] | None = None
    next: str | None = None


code_lists = router()


@code_lists.get("/v1/codes", tags=["codes"], response_model=ListsOut)
async def list_code_lists(request: ApiRequest) -> Response:
    """Which code lists there are. 代码表目录。"""
    heads = [ListHead(list=each.name, zh=each.zh, en=each.en) for each in LISTS.values()]
    return kept(request, ListsOut(lists=heads))


@code_lists.get("/v1/codes/{name}", tags=["codes"], response_model=ListOut, response_model_exclude_none=True)
async def read_code_list(
    name: Annotated[str, Path(max_length=60, description="Name of the list. 代码表名称。")],
    request: ApiRequest,
    on: On = None,
    code: Annotated[
        str | None, Query(max_length=60, description="One code, of any time, with what it became. 单个代码及其演变。")
    ] = None,
    parent: Annotated[RegionCode | None, Query(description="Regions right below this one. 上级区划。")] = None,
    edition: Annotated[str | None, Query(max_length=10, description="Edition of occupations. 职业分类版本。")] = None,
    cursor: Cursor = "",
    limit: Annotated[int | None, Query(ge=1, le=500, description="At most so many. 最多条数。")] = None,
    profile: Profile = None,
) -> Response:
    """A code list as of a date, in Chinese and English. 某日有效的代码表。"""
    check_profile(profile)
    found = LISTS.get(name)
    if found is None:
        raise Problem("not_found")
    _check_parameters(found, {"parent": parent, "edition": edition}, paged=bool(cursor or limit))
    day = on or legal_day()
    answer = ListOut(list=found.name, zh=found.zh, en=found.en, on=day, codes=[], field=_field(found, profile))
    if code is not None:
        one = found.one(code, day)
        if one is None:
            raise Problem("not_found")
        return kept(request, answer.model_copy(update={"codes": [one]}))
    if not found.paged:
        whole = {"codes": list(found.used(day)), "former": list(found.former(day))}
        return kept(request, answer.model_copy(update=whole))
    after = request.after(cursor, tuple[str])[0] if cursor else ""
    page = list(islice(_narrowed(found, day, parent, edition, after), (limit or 200) + 1))
    more = len(page) > (limit or 200)
    codes = page[:-1] if more else page
    return kept(
        request,
        answer.model_copy(update={"codes": codes, "next": request.cursor(codes[-1].code) if more else None}),
    )


def _check_parameters(found: Served, narrowing: dict[str, str | None], *, paged: bool) -> None:
    wrong = any(value is not None and name not in found.narrowed_by for name, value in narrowing.items())
    if wrong or (paged and not found.paged):
        raise Problem("parameter_unknown")


def _narrowed(found: Served, day: date, parent: str | None, edition: str | None, after: str) -> Iterable[CodeOut]:
    if parent is not None:
        try:
            region(parent, day)
        except InvalidRegion:
            raise Problem("not_found") from None
    return (
        each
        for each in found.used(day)
        if each.code > after and (not parent or each.parent == parent) and (not edition or each.edition == edition)
    )


def _field(found: Served, profile: str | None) -> FieldOut | None:
    if profile is None or found.rs_field is None:
        return None
    there = rs_fields()[found.rs_field]
    return FieldOut(code=there.code, zh=there.zh, en=there.en, seen_in=there.seen_in)


def kept(request: ApiRequest, answer: BaseModel) -> Response:
    """An answer for everybody that caches may keep; 304 where the caller has it already (RFC 9110)."""
    body = answer.model_dump_json(exclude_none=True).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": f"public, max-age={MAX_AGE}"}
    if tag in (each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)
