"""Routes of rule packs: published by an office, read by everybody."""

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Annotated, Any, Final

from contracts.region import RegionCode
from contracts.subsidy_codes import ClaimKindCode
from eventcore.clock import Clock, legal_day
from eventcore.readers import queries
from eventcore.web import ApiRequest, Body, CommandRequest, Paged, Problem, example, router
from eventcore.web.waiting import WaitFor, WaitSeconds, until_view
from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from subsidy.packs.pack import Rules, digest, rules_of
from subsidy.packs.reading import MAX_LENGTH, PackInvalid, read_rules
from subsidy.packs.rule_pack import RULE_PACK, PublishPack, RulePack
from subsidy.packs.views.published import PUBLISHED, PackRow, PackTable, listed, one

EXAMPLE: Final = (files("subsidy.packs") / "example.yaml").read_text("utf-8")
PackName = Annotated[str, Path(max_length=60, pattern=r"^[0-9a-z-]+$", description="Name of the pack. 规则名称。")]


class PackIn(Body):
    """A rule pack as YAML. 补贴规则（YAML）。"""

    model_config = example({"text": EXAMPLE})

    text: Annotated[str, Field(min_length=1, max_length=MAX_LENGTH)]


class PackAnswer(BaseModel):
    """What publishing answers. 规则名称与版本。"""

    name: str
    version: int
    digest: str


class PackHead(BaseModel):
    """A published version. `digest`: SHA-256 of its canonical text. 已公布的规则版本。"""

    name: str
    version: int
    region: str
    kind: str
    zh: str
    en: str
    valid_from: date
    valid_to: date | None = None
    digest: str
    published_on: date
    organisation: str


class PackWhole(PackHead):
    """A published version with everything that decisions are made by. 规则全文。"""

    rules: Rules


class PackPage(BaseModel):
    """Versions, and the cursor of the next page where there may be one."""

    packs: list[PackHead]
    next: str | None


def answer(found: RulePack, version: int) -> dict[str, object]:
    newest = found.versions[-1]
    return {"name": newest.name, "version": newest.version, "digest": newest.digest}


def rules_in(body: PackIn) -> Rules:
    """Problem 422 with every place and reason where the text is no rule pack."""
    try:
        return read_rules(body.text)
    except PackInvalid as invalid:
        found = [{"field": f"text.{each.field}", "code": each.code} for each in invalid.faults[:100]]
        raise Problem("rule_pack_invalid", errors=found) from None


def _head(row: PackRow) -> dict[str, Any]:
    rules = rules_of(row.text)
    return {**row.model_dump(exclude={"ref", "text"}), "zh": rules.zh, "en": rules.en}


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    clock: Clock

    async def publish(self, body: PackIn, request: CommandRequest) -> Response:
        """Publishes a rule pack, or the version that follows. The same rules again: nothing to do. 公布补贴规则。"""
        rules = rules_in(body)
        request.require_region(rules.region)
        text, by = rules.canonical(), request.caller
        command = PublishPack(
            name=rules.name,
            text=text,
            digest=digest(text),
            region=rules.region,
            kind=rules.kind,
            valid_from=rules.valid_from,
            valid_to=rules.valid_to,
            officer=by.subject,
            organisation=by.organisation,
            today=legal_day(self.clock),
        )
        return await request.handle(RULE_PACK, rules.name, command, reply=answer)

    async def packs(
        self,
        page: Paged,
        region: Annotated[RegionCode | None, Query(description="Packs of this region itself. 行政区划代码。")] = None,
        kind: Annotated[ClaimKindCode | None, Query(description="Kind of claims. 补贴项目。")] = None,
    ) -> PackPage:
        """All versions of all rule packs, for everybody (R-SUB-30). 已公布的补贴规则。"""
        rows, following = await page.rows(PUBLISHED, listed(region, kind), PackTable.name, PackTable.version)
        return PackPage(packs=[PackHead(**_head(row)) for row in rows], next=following)

    async def read(
        self,
        name: PackName,
        version: Annotated[int, Path(ge=1, le=1_000_000, description="Version. 版本。")],
        request: ApiRequest,
        wait_for: WaitFor = None,
        wait_seconds: WaitSeconds = 5,
    ) -> Response:
        """One version with its conditions, amounts and time limits, for everybody (R-SUB-30). 规则全文。"""
        pool = request.web.store.pool
        await until_view(pool, PUBLISHED.reader, wait_for, wait_seconds)
        rows = await queries.Query(one(name, version)).fetch(pool)
        if not rows:
            raise Problem("not_found")
        row = PackRow(**rows[0])
        whole = PackWhole(**_head(row), rules=rules_of(row.text))
        headers = {"ETag": f'"{row.digest}"', "Cache-Control": "public, max-age=86400, immutable"}
        return Response(whole.model_dump_json(exclude_none=True), media_type="application/json", headers=headers)


def routes(handlers: Routes) -> APIRouter:
    """What publishes and shows rule packs, by path."""
    found = router()
    found.add_api_route(
        "/v1/rule-packs",
        handlers.publish,
        methods=["POST"],
        status_code=201,
        tags=["rule packs"],
        response_model=PackAnswer,
    )
    found.add_api_route("/v1/rule-packs", handlers.packs, methods=["GET"], tags=["rule packs"])
    found.add_api_route(
        "/v1/rule-packs/{name}/{version}",
        handlers.read,
        methods=["GET"],
        tags=["rule packs"],
        response_model=PackWhole,
        response_model_exclude_none=True,
    )
    return found
