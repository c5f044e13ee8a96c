"""The decisions of a county's day in one request: up to 200 workers, each for itself, with a verdict each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from eventcore.acting import Dated
from eventcore.clock import Clock
from eventcore.exchange.stewards import AS_STEWARD
from eventcore.web import BATCH, CommandRequest, Each, router
from eventcore.web.acting import dated
from fastapi import APIRouter
from starlette.responses import Response

from registry.workers import asked
from registry.workers.api import answer
from registry.workers.bodies import DesignationBatchIn, EligibilityBatchIn, GroupBatchIn, OfWorker, WishBatchIn
from registry.workers.commands import WorkerCommand
from registry.workers.lookup import look_up, out_of_reach
from registry.workers.worker import WORKER

T = TypeVar("T", bound=OfWorker)


@dataclass(frozen=True, slots=True)
class Routes:
    """The routes, with the clock that says what day it is."""

    clock: Clock

    async def assign_groups(self, body: GroupBatchIn, request: CommandRequest) -> Response:
        """Workers belong to groups, on evidence (R-REG-17, R-REG-23). 批量认定群体。"""
        return await self._each(body.items, request, asked.group)

    async def record_wishes(self, body: WishBatchIn, request: CommandRequest) -> Response:
        """What each worker wishes now (R-REG-18). 批量登记意愿。"""
        return await self._each(body.items, request, asked.wishes)

    async def assess_eligibility(self, body: EligibilityBatchIn, request: CommandRequest) -> Response:
        """Whether each worker may become a trainee (R-REG-01). 批量认定培训对象资格。"""
        return await self._each(body.items, request, asked.eligibility)

    async def designate(self, body: DesignationBatchIn, request: CommandRequest) -> Response:
        """Workers become trainees under a plan (R-REG-04). 批量确定培训对象。"""
        return await self._each(body.items, request, asked.designation)

    async def _each(
        self, items: Sequence[T], request: CommandRequest, command: Callable[[T, Dated], WorkerCommand]
    ) -> Response:
        request.leave_region_to_rules()  # each item has its own
        acts = dated(request, self.clock)
        workers = await look_up(request.web.store, (str(item.worker) for item in items))
        return await request.handle_each(
            [
                out_of_reach(workers[str(item.worker)], request)
                or Each(WORKER, str(item.worker), command(item, acts), reply=answer)
                for item in items
            ]
        )


def routes(clock: Clock) -> APIRouter:
    """What changes many workers, by path."""
    found, handlers = router(), Routes(clock)
    for path, batch, waits in (
        ("/v1/group-batches", handlers.assign_groups, ()),
        ("/v1/wish-batches", handlers.record_wishes, AS_STEWARD),
        ("/v1/eligibility-batches", handlers.assess_eligibility, ()),
        ("/v1/designation-batches", handlers.designate, AS_STEWARD),
    ):
        found.add_api_route(path, batch, methods=["POST"], tags=["workers"], responses={200: BATCH}, dependencies=waits)
    return found
