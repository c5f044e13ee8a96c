"""Routes by which a person decides about two workers: body -> command -> handle -> answer."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal
from uuid import UUID

from eventcore.readers.queries import reading
from eventcore.store import Store
from eventcore.web import CommandRequest, router
from eventcore.web.acting import signed
from fastapi import APIRouter, Path
from pydantic import BaseModel
from starlette.responses import Response

from registry.duplicates.bodies import DecisionIn, SettlementIn
from registry.surveys.survey import PERSON
from registry.workers.linking_commands import DecideDuplicate, DecideLinkConflict
from registry.workers.lookup import look_up
from registry.workers.state import Registered, Worker
from registry.workers.surveying import survey_key
from registry.workers.worker import WORKER

_NUMBERS: Final = "select key from log.guards where scope = $1 and holder = $2 order by key limit 100"
WorkerId = Annotated[UUID, Path(description="Id of the worker. 劳动者编号。")]


class DecisionAnswer(BaseModel):
    """Whose stream says it, and whether the other is linked to that worker. 判定结果。"""

    worker: str
    other: str
    linked: bool
    version: int


class SettlementAnswer(BaseModel):
    worker: str
    other: str
    open: Literal[False]
    version: int


async def decide(worker: WorkerId, body: DecisionIn, request: CommandRequest) -> Response:
    """Decides whether two workers are one person; a later decision takes an earlier one back.

    判定两名劳动者是否为同一人；可撤销。
    """
    stays, other = str(worker), str(body.other)
    states = await _registered(request, stays, other)
    if body.verdict == "DIFFERENT" and any(each.worker == stays for each in states[other].linked):
        stays, other = other, stays  # what is taken back stands with the canonical one
    command = DecideDuplicate(
        worker=stays,
        other=other,
        verdict=body.verdict,
        numbers=await _numbers(request.web.store, states[stays], other, body.verdict),
        surveys=tuple(sorted({survey_key(each.survey) for state in states.values() for each in state.findings})),
        reason=body.reason,
        evidence=body.evidence,
        **signed(request),
    )

    def answer(state: Worker, version: int) -> Mapping[str, object]:
        linked = isinstance(state, Registered) and any(each.worker == other for each in state.linked)
        return {"worker": stays, "other": other, "linked": linked, "version": version}

    return await request.handle(WORKER, stays, command, reply=answer)


async def settle(worker: WorkerId, other: WorkerId, body: SettlementIn, request: CommandRequest) -> Response:
    """Says what became of a conflict of linked workers. 处理合并人员信息冲突。"""
    await _registered(request, str(worker))
    command = DecideLinkConflict(
        worker=str(worker),
        other=str(other),
        outcome=body.outcome,
        evidence=body.evidence,
        **signed(request),
    )

    def answer(_: Worker, version: int) -> Mapping[str, object]:
        return {"worker": str(worker), "other": str(other), "open": False, "version": version}

    return await request.handle(WORKER, str(worker), command, reply=answer)


async def _registered(request: CommandRequest, *keys: str) -> dict[str, Registered]:
    """Workers who are there and lie where the caller may act, every one of them."""
    workers = await look_up(request.web.store, keys)
    found = {key: state for key, state in workers.items() if isinstance(state, Registered)}
    if len(found) < len(workers):
        raise request.not_there()
    for state in found.values():
        request.require_region(state.household_region)
    return found


async def _numbers(store: Store, stays: Registered, other: str, verdict: str) -> tuple[str, ...]:
    """What the other holds, or has to get back. The rules look at them again under the log's lock."""
    if verdict == "DIFFERENT":
        return next((each.numbers for each in stays.linked if each.worker == other), ())
    with reading():
        return tuple(row["key"] for row in await store.pool.fetch(_NUMBERS, PERSON, other, timeout=5))


def routes() -> APIRouter:
    """What decides about duplicates, by path."""
    found = router()
    found.add_api_route(
        "/v1/workers/{worker}/duplicates",
        decide,
        methods=["POST"],
        status_code=201,
        tags=["duplicates"],
        response_model=DecisionAnswer,
    )
    found.add_api_route(
        "/v1/workers/{worker}/duplicates/{other}/settlement",
        settle,
        methods=["POST"],
        status_code=201,
        tags=["duplicates"],
        response_model=SettlementAnswer,
    )
    return found
