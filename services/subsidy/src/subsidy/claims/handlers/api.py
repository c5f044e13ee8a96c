"""Routes of handlers: their commitments and briefings, recorded by a supervisor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from contracts.documents import Reference
from eventcore.clock import Clock, legal_day
from eventcore.web import ApiRequest, Body, CommandRequest, example, posts, router
from fastapi import APIRouter, Path
from pydantic import BaseModel
from starlette.responses import Response

from subsidy.claims.handlers.handler import HANDLER, Handler, RecordBriefing, SignCommitment, handler_key

HandlerName = Annotated[
    str, Path(min_length=1, max_length=128, description="Subject of the handler's tokens. 经办人账号。")
]


class CommitmentIn(Body):
    """From a day, up to but without another; a year at most. 廉政守纪承诺书。"""

    model_config = example({"signed_on": "2026-01-05", "valid_to": "2026-12-31", "document": "廉政承诺书〔2026〕17号"})

    signed_on: date
    valid_to: date
    document: Reference


class BriefingIn(Body):
    """When the handler was told what goes wrong. 警示教育。"""

    model_config = example({"attended_on": "2026-03-10", "document": "廉政谈话记录〔2026〕2号"})

    attended_on: date
    document: Reference


class HandlerAnswer(BaseModel):
    """What a command on a handler answers. 承诺书与警示教育份数。"""

    commitments: int
    briefings: int
    version: int


class HandlerOut(BaseModel):
    """Whether the handler may decide today, and what it rests on. 经办人资格。"""

    handler: str
    may_decide: bool
    committed_until: date | None
    briefed_on: date | None


def answer(handler: Handler, version: int) -> Mapping[str, object]:
    return {
        "commitments": len(handler.commitments),
        "briefings": len(handler.briefings),
        "version": version,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    clock: Clock

    async def commit(self, handler: HandlerName, body: CommitmentIn, request: CommandRequest) -> Response:
        """A handler has signed the integrity commitment; without a current one nobody decides (R-SUB-26, R-ADD-12).
        登记廉政守纪承诺书。"""
        by = request.caller
        command = SignCommitment(
            handler=handler,
            signed_on=body.signed_on,
            valid_to=body.valid_to,
            document=body.document,
            supervisor=by.subject,
            organisation=by.organisation,
            today=legal_day(self.clock),
        )
        return await request.handle(HANDLER, handler_key(handler), command, reply=answer)

    async def brief(self, handler: HandlerName, body: BriefingIn, request: CommandRequest) -> Response:
        """A handler was told what goes wrong, and what it costs (R-SUB-41). 登记警示教育。"""
        by = request.caller
        command = RecordBriefing(
            handler=handler,
            attended_on=body.attended_on,
            document=body.document,
            supervisor=by.subject,
            organisation=by.organisation,
            today=legal_day(self.clock),
        )
        return await request.handle(HANDLER, handler_key(handler), command, reply=answer)

    async def show(self, handler: HandlerName, request: ApiRequest) -> HandlerOut:
        """Whether a handler may decide today (R-ADD-12). 经办人资格。"""
        key = handler_key(handler)
        found, _ = await request.web.store.state(HANDLER, key)
        return HandlerOut(
            handler=handler,
            may_decide=found.may_decide(legal_day(self.clock)),
            committed_until=max((end for _, end in found.commitments), default=None),
            briefed_on=max(found.briefings, default=None),
        )


def routes(handlers: Routes) -> APIRouter:
    """What records and shows, by path."""
    found = router()
    post = posts(found, "/v1/handlers/{handler}/", "handlers", HandlerAnswer)
    post("commitments", handlers.commit)
    post("briefings", handlers.brief)
    found.add_api_route("/v1/handlers/{handler}", handlers.show, methods=["GET"], tags=["handlers"])
    return found
