"""Routes of stewardship: who is responsible, and what an office at home can do."""

from collections.abc import Callable, Mapping
from typing import Annotated, Literal, TypeGuard
from uuid import UUID

from contracts.region import province_of
from contracts.stewardship_codes import OFFICE
from eventcore.exchange.stewards import AS_STEWARD
from eventcore.store import Order, Store, Task
from eventcore.web import ApiRequest, CommandRequest, Problem, posts, router
from eventcore.web.acting import signed
from fastapi import APIRouter, Path
from pydantic import BaseModel
from starlette.responses import Response

from registry.stewardship.bodies import TakeBackIn
from registry.stewardship.commands import BringHome, LedgerCommand, TakeBack
from registry.stewardship.ledger import FIRST, LEDGER
from registry.stewardship.state import AtHome, Ending, Granted, Holding, Ledger, Tenure
from registry.stewardship.tenure import TENURE
from registry.workers.state import Registered, Worker
from registry.workers.worker import WORKER

WorkerId = Annotated[UUID, Path(description="Id of the worker. 劳动者编号。")]


class StewardshipOut(BaseModel):
    """Who is responsible for a worker, as far as this province knows. 管辖省份、任期及移交状态。"""

    worker: str
    home: str
    steward: str
    epoch: int
    here: Literal["ACTING", "ENDING", "NOT_ACTING"]
    coming: str | None
    refused: str | None


class LedgerAnswer(BaseModel):
    """What a command on the ledger answers. 劳动者编号、管辖省份、任期与版本。"""

    worker: str
    steward: str
    epoch: int
    version: int


class Routes:
    """The routes. `revoked`: provinces whose keys are revoked, as the directory says now."""

    def __init__(self, revoked: Callable[[], frozenset[str]]) -> None:
        self._revoked = revoked

    async def read_stewardship(self, worker: WorkerId, request: ApiRequest) -> StewardshipOut:
        """Who is responsible for a worker; while it is handed over, who is to be. 劳动者由何省管辖，移交至何处。"""
        request.require_region(request.web.region)
        ledger, tenure, known = await found(request.web.store, str(worker))
        return _shown(str(worker), ledger, tenure, known, request.web.region)

    async def recall(self, worker: WorkerId, request: CommandRequest) -> Response:
        """An office at home asks the responsibility back; a province where the worker has a job refuses.

        户籍地请求交还管辖；劳动者仍在当地就业的，对方可以拒绝。
        """
        command = BringHome(worker=str(worker), ground=OFFICE, organisation=request.caller.organisation)
        return await self._on_ledger(request, str(worker), command)

    async def take_back(self, worker: WorkerId, body: TakeBackIn, request: CommandRequest) -> Response:
        """By order of a supervising office, from a province whose key was revoked: what it does later is void.

        对方密钥已吊销的，依上级部门命令收回管辖；其后对方的行为无效。
        """
        command = TakeBack(worker=str(worker), order=body.order, revoked=self._revoked(), **signed(request))
        return await self._on_ledger(request, str(worker), command)

    async def _on_ledger(self, request: CommandRequest, worker: str, command: LedgerCommand) -> Response:
        request.require_region(request.web.region)
        _, _, known = await found(request.web.store, worker)
        if not _is_own(known):
            raise Problem("not_found")
        home = province_of(known.household_region)

        def answer(ledger: Ledger, version: int) -> Mapping[str, object]:
            now = ledger if isinstance(ledger, Granted) else Granted(home=home, epoch=FIRST, holder=home)
            return {"worker": worker, "steward": now.holder, "epoch": now.epoch, "version": version}

        return await request.handle(LEDGER, worker, command, reply=answer)


async def found(store: Store, worker: str) -> tuple[Ledger, Tenure, Worker]:
    """The ledger, the tenure and the worker, as the log has them now. Unavailable."""
    tasks = [Task(decider, worker, None, Order(id="")) for decider in (LEDGER, TENURE, WORKER)]
    states = (await store.desk(tasks, fresh=True)).states
    ledger, tenure, known = (states[task.stream].state for task in tasks)
    return ledger, tenure, known


def _shown(worker: str, ledger: Ledger, tenure: Tenure, known: Worker, province: str) -> StewardshipOut:
    if isinstance(ledger, AtHome) and not _is_own(known):
        return _of_a_guest(worker, tenure, province)
    now = ledger if isinstance(ledger, Granted) else Granted(home=province, epoch=FIRST, holder=province)
    return StewardshipOut(
        worker=worker,
        home=now.home,
        steward=now.holder,
        epoch=now.epoch,
        here=_here(tenure, by_default=isinstance(ledger, AtHome)),
        coming=now.next.region if now.next else None,
        refused=now.refused,
    )


def _is_own(known: Worker) -> TypeGuard[Registered]:
    return isinstance(known, Registered) and not known.acting.is_guest


def _of_a_guest(worker: str, tenure: Tenure, province: str) -> StewardshipOut:
    """Of a worker of another home only the own tenure is known. Problem where there was none."""
    if not isinstance(tenure, Holding | Ending):
        raise Problem("not_found")
    return StewardshipOut(
        worker=worker,
        home=tenure.home,
        steward=province,
        epoch=tenure.epoch,
        here=_here(tenure, by_default=False),
        coming=tenure.home if isinstance(tenure, Ending) else None,
        refused=None,
    )


def _here(tenure: Tenure, *, by_default: bool) -> Literal["ACTING", "ENDING", "NOT_ACTING"]:
    match tenure:
        case Holding():
            return "ACTING"
        case Ending():
            return "ENDING"
        case _:
            return "ACTING" if by_default else "NOT_ACTING"


def routes(revoked: Callable[[], frozenset[str]]) -> APIRouter:
    """By path."""
    made, handlers = router(), Routes(revoked)
    post = posts(made, "/v1/stewardship/{worker}/", "stewardship", LedgerAnswer)
    post("recall", handlers.recall, dependencies=AS_STEWARD)
    post("taking-back", handlers.take_back, dependencies=AS_STEWARD)
    made.add_api_route("/v1/stewardship/{worker}", handlers.read_stewardship, methods=["GET"], tags=["stewardship"])
    return made
