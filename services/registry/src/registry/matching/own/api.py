"""The route that makes a snapshot of our own records."""

from eventcore.clock import CLOCK, legal_day
from eventcore.web import CommandRequest, router
from eventcore.web.acting import signed
from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from registry.matching.answers import as_one, key_of
from registry.matching.own.people import people_here
from registry.matching.people import digest
from registry.matching.snapshots.api import KEPT_FOR
from registry.matching.snapshots.keeping import commands, parts_of
from registry.matching.snapshots.snapshot import BeginSnapshot

SOURCE = "registry"


class OwnSnapshot(BaseModel):
    """A snapshot of this registry. 本系统数据快照。"""

    snapshot: str
    people: int
    digest: str
    version: int


async def keep_own(request: CommandRequest) -> Response:
    """Keeps what the registry says of everybody today, for a comparison. 生成本系统数据快照。"""
    request.require_region(request.web.region)
    people = await people_here(request.web.store.pool)
    parts, day = parts_of(people), legal_day(CLOCK)
    begin = BeginSnapshot(
        snapshot=key_of(request, digest(people)),
        source=SOURCE,
        as_of=day,
        **signed(request),
        people=len(people),
        elsewhere=0,
        refused=0,
        parts=len(parts),
        digest=digest(people),
        today=day,
    )
    return as_one(await request.handle_each(commands(begin, parts, CLOCK.now() + KEPT_FOR)))


def routes() -> APIRouter:
    """The one route."""
    found = router()
    found.add_api_route(
        "/v1/own-snapshots",
        keep_own,
        methods=["POST"],
        status_code=201,
        tags=["sources"],
        response_model=OwnSnapshot,
    )
    return found
