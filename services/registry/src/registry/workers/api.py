"""Routes that change workers: body -> command -> handle -> answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from eventcore.clock import Clock
from eventcore.exchange.stewards import AS_STEWARD
from eventcore.web import CommandRequest, posts, router
from eventcore.web.acting import dated, signed
from fastapi import APIRouter, Path
from pydantic import BaseModel
from starlette.responses import Response

from registry.workers import asked, commands
from registry.workers.bodies import (
    AssignmentIn,
    AttentionIn,
    DeathIn,
    DeathWithdrawalIn,
    DesignationEndIn,
    DesignationIn,
    EligibilityIn,
    GroupEndIn,
    WishesIn,
)
from registry.workers.lookup import within_reach
from registry.workers.state import Worker, known
from registry.workers.worker import WORKER

WorkerId = Annotated[UUID, Path(description="Id of the worker. 劳动者编号。")]


class WorkerAnswer(BaseModel):
    """What a command on a worker answers. 劳动者编号与版本。"""

    worker: str
    version: int


def answer(worker: Worker, version: int) -> Mapping[str, object]:
    return {"worker": known(worker).worker, "version": version}


async def _handled(request: CommandRequest, worker: UUID, command: commands.WorkerCommand) -> Response:
    """Carries out a command on a worker who is there and lives in the caller's region."""
    await within_reach(request, str(worker))
    return await request.handle(WORKER, str(worker), command, reply=answer)


@dataclass(frozen=True, slots=True)
class Routes:
    """The routes, with the clock that says what day it is."""

    clock: Clock

    async def assign_group(self, worker: WorkerId, body: AssignmentIn, request: CommandRequest) -> Response:
        """An office says, on evidence, that the worker belongs to a group (R-REG-17, R-REG-23). 认定群体。"""
        return await _handled(request, worker, asked.group(body, dated(request, self.clock)))

    async def end_group(self, worker: WorkerId, body: GroupEndIn, request: CommandRequest) -> Response:
        """An office says, on evidence, that the worker left a group. 退出群体。"""
        command = commands.EndGroup(
            group=body.group,
            valid_to=body.valid_to,
            evidence=body.evidence,
            **dated(request, self.clock),
        )
        return await _handled(request, worker, command)

    async def record_wishes(self, worker: WorkerId, body: WishesIn, request: CommandRequest) -> Response:
        """What the worker wishes now (R-REG-18). 登记意愿。"""
        return await _handled(request, worker, asked.wishes(body, dated(request, self.clock)))

    async def assess_eligibility(self, worker: WorkerId, body: EligibilityIn, request: CommandRequest) -> Response:
        """Whether the worker may become a trainee: grounds by the rules, the decision by a person (R-REG-01).

        认定是否符合培训对象条件。
        """
        return await _handled(request, worker, asked.eligibility(body, dated(request, self.clock)))

    async def designate(self, worker: WorkerId, body: DesignationIn, request: CommandRequest) -> Response:
        """The worker becomes a trainee under a plan (R-REG-04); base and project are their choice. 确定培训对象。"""
        return await _handled(request, worker, asked.designation(body, dated(request, self.clock)))

    async def end_designation(self, worker: WorkerId, body: DesignationEndIn, request: CommandRequest) -> Response:
        """The worker is no trainee any more. 退出培训对象。"""
        command = commands.EndDesignation(reason=body.reason, **signed(request))
        return await _handled(request, worker, command)

    async def order_attention(self, worker: WorkerId, body: AttentionIn, request: CommandRequest) -> Response:
        """Special attention for a reason and a term (R-ADD-11). 列为重点关注对象。"""
        command = commands.OrderAttention(
            reason=body.reason,
            until=body.until,
            **dated(request, self.clock),
        )
        return await _handled(request, worker, command)

    async def end_attention(self, worker: WorkerId, request: CommandRequest) -> Response:
        """Ends special attention before its term. 解除重点关注。"""
        command = commands.EndAttention(**signed(request))
        return await _handled(request, worker, command)

    async def record_death(self, worker: WorkerId, body: DeathIn, request: CommandRequest) -> Response:
        """The worker has died: designation and attention end. 死亡登记。"""
        command = commands.RecordDeath(
            died_on=body.died_on,
            evidence=body.evidence,
            **dated(request, self.clock),
        )
        return await _handled(request, worker, command)

    async def withdraw_death(self, worker: WorkerId, body: DeathWithdrawalIn, request: CommandRequest) -> Response:
        """The death was recorded wrongly; another person than who recorded it takes it back. Household, designation and
        attention that ended by it are named by the worker, and do not come back by themselves.

        撤销误登的死亡，须由他人办理；因此退出的家庭、培训对象和重点关注不自动恢复，须另行认定。
        """
        command = commands.WithdrawDeath(evidence=body.evidence, **signed(request))
        return await _handled(request, worker, command)


def routes(clock: Clock) -> APIRouter:
    """What changes workers, by path."""
    found, handlers = router(), Routes(clock)
    post = posts(found, "/v1/workers/{worker}/", "workers", WorkerAnswer)
    post("groups", handlers.assign_group)
    post("group-ends", handlers.end_group)
    post("wishes", handlers.record_wishes, dependencies=AS_STEWARD)
    post("eligibility", handlers.assess_eligibility)
    post("designation", handlers.designate, dependencies=AS_STEWARD)
    post("designation-end", handlers.end_designation)
    post("attention", handlers.order_attention)
    post("attention-end", handlers.end_attention)
    post("death", handlers.record_death, dependencies=AS_STEWARD)
    post("death-withdrawal", handlers.withdraw_death)
    return found
