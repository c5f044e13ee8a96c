"""Routes of snapshots: a system's file comes in, and what it says goes out, without personal data."""

import asyncio
import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Final

from contracts.days import Day
from contracts.region import RegionCode, lies_in
from eventcore.clock import Clock, legal_day
from eventcore.web import ApiRequest, Paged, Problem, router
from eventcore.web.acting import signed
from eventcore.web.waiting import Cursor, Limit
from fastapi import APIRouter, Path, Query
from pydantic import BaseModel
from starlette.responses import Response

from registry.imports.api import unreadable_problem
from registry.imports.upload import BODY, UploadRequest, upload_router
from registry.matching.answers import as_one, key_of
from registry.matching.compare import NoCommonKey
from registry.matching.ledger import ChangeOut, CountyChanges, Entry, by_county, changes, entries
from registry.matching.people import NameHash, Person, digest, people_of
from registry.matching.snapshots.keeping import commands, parts_of, people_in
from registry.matching.snapshots.snapshot import BeginSnapshot
from registry.matching.snapshots.view import SNAPSHOTS, KeptSnapshot, SnapshotsTable, newest, of_source
from registry.rosters import Unreadable
from registry.sources.reading import LIMITS, Reading, Refusal, read
from registry.sources.system import System, systems
from registry.sources.values import Setting
from registry.vault import KeyGone, NumberIndex, Vault

KEPT_FOR: Final = timedelta(days=400)
"""A year's runs and monthly reports can be made again; then the key goes."""
SHOWN: Final = 500
SourceId = Annotated[str, Path(max_length=60, description="Id of the system. 系统标识。")]
Region = Annotated[RegionCode, Query(description="A county, prefecture or province. 县、市或省的行政区划代码。")]


class RefusalOut(BaseModel):
    """A row that was not taken. 未采用的行。"""

    line: int
    field: str
    code: str


class SnapshotAnswer(BaseModel):
    """What became of a file. Rows about people of other provinces are counted and not kept. 快照。"""

    snapshot: str
    source: str
    as_of: date
    people: int
    elsewhere: int
    refused: int
    digest: str
    version: int
    refusals: list[RefusalOut]


class SnapshotPage(BaseModel):
    """Snapshots of a system, the newest first. 快照列表。"""

    snapshots: list[KeptSnapshot]
    next: str | None


class LedgerPage(BaseModel):
    """Who is in the system, of a region. 台账。"""

    snapshot: str
    as_of: date
    entries: list[Entry]
    next: str | None


class ChangesPage(BaseModel):
    """What changed between two days, of a region. 异动。"""

    before: str
    after: str
    counts: list[CountyChanges]
    changes: list[ChangeOut]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """What is needed to make a snapshot of a file."""

    province: str
    made_up: bool
    numbers: NumberIndex
    names: NameHash
    vault: Vault
    clock: Clock

    def begin(
        self, request: UploadRequest, system: System, day: date, found: tuple[tuple[Person, ...], int], refused: int
    ) -> tuple[BeginSnapshot, tuple[str, ...]]:
        people, elsewhere = found
        parts = parts_of(people)
        begin = BeginSnapshot(
            snapshot=key_of(request),
            source=system.id,
            as_of=day,
            **signed(request),
            people=len(people),
            elsewhere=elsewhere,
            refused=refused,
            parts=len(parts),
            digest=digest(people),
            today=legal_day(self.clock),
        )
        return begin, parts

    def read(self, system: System, data: bytes, day: date) -> tuple[Reading, tuple[tuple[Person, ...], int]]:
        setting = Setting(on=day, province=self.province, made_up=self.made_up)
        reading = read(system, data, setting)
        return reading, people_of(system, reading.records, self.numbers, self.names, self.province)


class Routes:
    """The routes, with what they go by."""

    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping

    async def keep_snapshot(
        self,
        source: SourceId,
        request: UploadRequest,
        as_of: Annotated[Day | None, Query(description="Day on which the system held this. 数据日期。")] = None,
    ) -> Response:
        """Keeps what a system's file says, sealed and for a term; names and numbers stay out of it.

        上报某系统的数据快照：只保留比对所需内容，加密并限期保存，不含姓名与号码。
        """
        keeping = self._keeping
        request.require_region(keeping.province)
        system = kept_system(source)
        if system.own:
            raise Problem("not_found")
        day = as_of or legal_day(keeping.clock)
        request.value = {"file": hashlib.sha256(request.data).hexdigest()}
        try:
            reading, found = await asyncio.to_thread(keeping.read, system, request.data, day)
        except Unreadable as unreadable:
            raise unreadable_problem(unreadable) from None
        begin, parts = keeping.begin(request, system, day, found, len(reading.refusals))
        response = await request.handle_each(commands(begin, parts, keeping.clock.now() + KEPT_FOR))
        return as_one(response, {"refusals": [_refusal(each) for each in reading.refusals[:SHOWN]]})

    async def list_snapshots(self, source: SourceId, request: ApiRequest, page: Paged) -> SnapshotPage:
        """Snapshots of a system, the newest first. 某系统的数据快照。"""
        request.require_region(self._keeping.province)
        kept_system(source)
        place = SnapshotsTable.as_of, SnapshotsTable.snapshot
        rows, following = await page.rows(SNAPSHOTS, of_source(source), *place, newest=True)
        return SnapshotPage(snapshots=rows, next=following)

    async def read_ledger(
        self,
        source: SourceId,
        region: Region,
        request: ApiRequest,
        on: Annotated[Day | None, Query(description="As of this day. 截至日期。")] = None,
        institution: Annotated[
            str | None, Query(max_length=120, description="As the system names it: a school's own ledger. 学校名称。")
        ] = None,
        cursor: Cursor = "",
        limit: Limit = 200,
    ) -> LedgerPage:
        """The ledger of people of poor families in a system, of a region, as of a day; of one institution where it is
        named (R-REG-14). 贫困家庭人员台账，可按学校查询。"""
        request.require_region(region)
        snapshot, people = await self._newest(request, source, on or legal_day(self._keeping.clock))
        found = [each for each in entries(people, institution) if lies_in(each.county, region, legal_day())]
        start = _start(request, cursor, [(each.county, each.reference, "") for each in found])
        page = found[start : start + limit]
        more = start + limit < len(found)
        following = request.cursor(page[-1].county, page[-1].reference, "") if more else None
        return LedgerPage(snapshot=snapshot.snapshot, as_of=snapshot.as_of, entries=page, next=following)

    async def read_changes(
        self,
        source: SourceId,
        region: Region,
        since: Annotated[Day, Query(description="First day. 起始日期。")],
        until: Annotated[Day, Query(description="Last day. 截止日期。")],
        request: ApiRequest,
        cursor: Cursor = "",
        limit: Limit = 200,
    ) -> ChangesPage:
        """Who of poor families came, left or changed between two days: the monthly report (R-REG-15). 异动情况月报。"""
        request.require_region(region)
        first, before = await self._newest(request, source, since)
        last, after = await self._newest(request, source, until)
        try:
            found = [each for each in changes(before, after) if lies_in(each.county, region, legal_day())]
        except NoCommonKey:
            raise Problem("snapshots_of_two_keys") from None
        start = _start(request, cursor, [(each.county, each.reference, each.field or "") for each in found])
        page = found[start : start + limit]
        more = start + limit < len(found)
        return ChangesPage(
            before=first.snapshot,
            after=last.snapshot,
            counts=by_county(found),
            changes=page,
            next=request.cursor(page[-1].county, page[-1].reference, page[-1].field or "") if more else None,
        )

    async def _newest(self, request: ApiRequest, source: str, on: date) -> tuple[KeptSnapshot, list[Person]]:
        kept_system(source)
        found = await newest(request.web.store.pool, source, on)
        if found is None:
            raise Problem("not_found")
        try:
            return found, await people_in(request.web.store, self._keeping.vault, found.snapshot)
        except KeyGone:
            raise Problem("snapshot_gone") from None


def kept_system(source: str) -> System:
    """A system of which files are kept. Problem 404."""
    system = systems().get(source)
    if system is None or "snapshot" not in system.flows:
        raise Problem("not_found")
    return system


def _refusal(refusal: Refusal) -> dict[str, object]:
    return {"line": refusal.line, "field": refusal.field, "code": refusal.code}


def _start(request: ApiRequest, cursor: str, keys: list[tuple[str, str, str]]) -> int:
    return bisect_right(keys, request.after(cursor, tuple[str, str, str])) if cursor else 0


def routes(keeping: Keeping) -> tuple[APIRouter, APIRouter]:
    """Where files come in, and the rest."""
    handlers = Routes(keeping)
    uploads, others = upload_router(LIMITS.bytes), router()
    uploads.add_api_route(
        "/v1/sources/{source}/snapshots",
        handlers.keep_snapshot,
        methods=["POST"],
        status_code=201,
        tags=["sources"],
        response_model=SnapshotAnswer,
        openapi_extra=BODY,
    )
    for path, handler in (
        ("/v1/sources/{source}/snapshots", handlers.list_snapshots),
        ("/v1/sources/{source}/ledger", handlers.read_ledger),
        ("/v1/sources/{source}/changes", handlers.read_changes),
    ):
        others.add_api_route(path, handler, tags=["sources"])
    return uploads, others
