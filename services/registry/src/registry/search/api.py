"""The search: exactly one worker, or the number of those who fit; never a list of people."""

import math
from collections.abc import Mapping

import msgspec
from eventcore.ids import new_id
from eventcore.web import CommandRequest, Problem, problems, router
from eventcore.web.waiting import WaitFor, WaitSeconds, until_view
from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from registry.disclosures.disclosure import DISCLOSURE
from registry.disclosures.purposes import ENTITLEMENTS
from registry.disclosures.reading import disclose
from registry.duplicates.views.signs import SIGNS
from registry.indexes.person_index import PersonIndex
from registry.pace import Pace
from registry.search.bodies import SearchIn
from registry.search.finding import find


class FoundOut(BaseModel):
    """The worker, by the id that stands for them now, and the record of this search. 查到的劳动者编号及查阅留痕。"""

    worker: str
    disclosure: str
    version: int


def routes(index: PersonIndex, pace: Pace) -> APIRouter:
    found = router()

    @found.post("/v1/worker-searches", tags=["workers"], response_model=FoundOut)
    async def search_worker(
        body: SearchIn, request: CommandRequest, wait_for: WaitFor = None, wait_seconds: WaitSeconds = 5
    ) -> Response:
        """Finds one worker of the caller's region by what is known of them, for a purpose, and records that.

        按已知信息查找本辖区内的一名劳动者；查到即留痕。不止一人时只告知人数。
        """
        request.leave_region_to_rules()  # whoever lies elsewhere is not found
        if (body.purpose, request.caller.office) not in ENTITLEMENTS:
            raise Problem("purpose_not_yours")
        if seconds := pace.wait(request.caller.subject):
            raise Problem("searched_too_often", headers={"Retry-After": str(math.ceil(seconds))})
        await until_view(request.web.store.pool, SIGNS.reader, wait_for, wait_seconds)
        workers = await find(request.web.store, index, body.known, request.may_touch)
        if not workers:
            raise Problem("worker_not_found")
        if len(workers) > 1:
            return _too_many(request, len(workers))
        return await _recorded(request, workers[0], body.purpose)

    return found


async def _recorded(request: CommandRequest, worker: str, purpose: str) -> Response:
    disclosure = new_id()

    def answer(_: object, version: int) -> Mapping[str, object]:
        return {"worker": worker, "disclosure": disclosure, "version": version}

    return await request.handle(DISCLOSURE, disclosure, disclose(request, worker, (), purpose), reply=answer)


def _too_many(request: CommandRequest, count: int) -> Response:
    """A problem with one member more (RFC 9457, 3.2)."""
    text = problems.body(Problem("not_exactly_one").kind, problems.language_of(request.scope))
    body = msgspec.json.encode({**msgspec.json.decode(text), "count": count})
    return Response(body, 409, media_type=problems.MEDIA_TYPE)
