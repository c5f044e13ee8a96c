"""Routes that ask who somebody is: a number of another province has no id here until that one answered."""

from dataclasses import dataclass
from typing import Annotated, Final, Literal
from uuid import UUID

import msgspec
from contracts.region import RegionCode
from contracts.resident_id import ResidentId
from eventcore.facts import Meta
from eventcore.ids import new_id
from eventcore.readers import queries
from eventcore.store import Order, handle
from eventcore.web import ApiRequest, Body, CommandRequest, Problem, example, router
from fastapi import APIRouter, Path
from pydantic import BaseModel
from starlette.responses import Response

from registry.border import Border
from registry.identity.asking import ASK, AskedElsewhere, AskIdentity, Learnt, NotAsked
from registry.identity.question import Question, about
from registry.indexes.guards import ASKED, IDENTITY
from registry.surveys.bodies import Number
from registry.surveys.survey import PERSON
from registry.vault import NumberIndex

PENDING: Final = 202
TRIES: Final = 4
_ASK: Final = "select holder from log.guards where scope = $1 and key = any($2::text[]) limit 1"
_KNOWN: Final = "select scope, holder from log.guards where scope = any($1::text[]) and key = any($2::text[])"


class IdentityIn(Body):
    """Of whom: a number of another province, and the county of the household register as far as it is known.

    查询人员标识。
    """

    model_config = example({"number": "440199199003070013", "region": "440103"})

    number: Number
    region: RegionCode


class IdentityPending(BaseModel):
    """The province that the number belongs to was asked; send the same again later. 已向号码所属省查询，请稍后重发。"""

    state: Literal["identity_pending"]
    ask: str
    owner: str


class IdentityOut(BaseModel):
    """What became of a question. 查询结果。"""

    ask: str
    state: Literal["identity_pending", "known"]
    worker: str | None = None
    home: str | None = None


AskId = Annotated[UUID, Path(description="Id of the question. 查询编号。")]


@dataclass(frozen=True, slots=True)
class Asking:
    """What it takes to ask: the numbers' index, and the other provinces' keys."""

    border: Border
    index: NumberIndex

    async def pending(self, request: CommandRequest, number: str, region: str) -> Response | None:
        """The answer to who has to wait until the province of the number has answered; None where nobody waits: it is a
        number of this province, or known, or of a province that cannot be asked. Contended, Unavailable."""
        owner = ResidentId(number).province
        if owner in (None, self.border.province):
            return None
        ask = await self._ask(request, number, region, owner)
        return _response({"state": "identity_pending", "ask": ask, "owner": owner}, PENDING) if ask else None

    async def _ask(self, request: CommandRequest, number: str, region: str, owner: str) -> str | None:
        indexes, store = self.index.all_of(number), request.web.store
        for tries_left in reversed(range(TRIES)):
            with queries.reading():
                rows = await store.pool.fetch(_KNOWN, [PERSON, IDENTITY, ASKED], list(indexes))
            held = {row["scope"]: row["holder"] for row in rows}
            if held.keys() & {PERSON, IDENTITY}:
                return None
            if ASKED in held:
                return str(held[ASKED])
            try:
                return await self._asked(request, new_id(), owner, indexes, Question(number, region))
            except AskedElsewhere:
                if not tries_left:
                    raise
        return None

    async def _asked(
        self, request: CommandRequest, ask: str, owner: str, indexes: tuple[str, ...], question: Question
    ) -> str | None:
        """Under an id beside the caller's own, which stays free for what waits."""
        plain = msgspec.json.encode(question)
        sealed = self.border.sealed_to(owner, plain, about(ask, self.border.province, owner))
        if sealed is None:
            return None
        by, id = request.caller, f"{request.command_id}/{ask}"
        meta = Meta(actor=by.subject, organisation=by.organisation, correlation=id)
        command = AskIdentity(ask=ask, owner=owner, indexes=indexes, question=sealed)
        await handle(request.web.store, ASK, ask, command, Order(id=id, meta=meta))
        return ask

    async def ask_identity(self, body: IdentityIn, request: CommandRequest) -> Response:
        """Asks the province of a number who that is; 202 until it answered, then the worker's id, which a job that the
        worker found alone is recorded with. 向号码所属省查询人员标识；未答复前返回 202。"""
        request.require_region(request.web.region)
        if waits := await self.pending(request, body.number, body.region):
            return waits
        with queries.reading():
            indexes = list(self.index.all_of(body.number))
            ask = await request.web.store.pool.fetchval(_ASK, ASKED, indexes)
        found = (await request.web.store.state(ASK, ask))[0] if ask else None
        if not isinstance(found, Learnt):
            raise Problem("identity_not_to_be_asked")
        return _response({"worker": found.worker, "home": found.home}, 200)


class KnownOut(BaseModel):
    """The id of the person, and the county of the household register. 人员标识与户籍地。"""

    worker: str
    home: str


async def read_ask(ask: AskId, request: ApiRequest) -> IdentityOut:
    """What became of a question. 查询结果。"""
    request.require_region(request.web.region)
    found, _ = await request.web.store.state(ASK, str(ask))
    match found:
        case NotAsked():
            raise Problem("not_found")
        case Learnt(worker=worker, home=home):
            return IdentityOut(ask=str(ask), state="known", worker=worker, home=home)
        case _:
            return IdentityOut(ask=str(ask), state="identity_pending")


def _response(body: object, status: int) -> Response:
    return Response(msgspec.json.encode(body), status, media_type="application/json")


WAITS: Final[dict[int | str, dict[str, object]]] = {PENDING: {"model": IdentityPending}}
"""For the description of routes that may have to wait."""


def routes(asking: Asking) -> APIRouter:
    """By path."""
    found = router()
    found.add_api_route(
        "/v1/identity-asks",
        asking.ask_identity,
        methods=["POST"],
        status_code=200,
        tags=["workers"],
        response_model=KnownOut,
        responses=WAITS,
    )
    found.add_api_route("/v1/identity-asks/{ask}", read_ask, methods=["GET"], tags=["workers"])
    return found
