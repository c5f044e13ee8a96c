"""Routes that decide claims: body -> command -> handle -> answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Final, Literal
from uuid import UUID

from contracts.claim_codes import AppealGroundCode, HoldReasonCode
from contracts.documents import Reference
from eventcore.clock import Clock, legal_day
from eventcore.web import BATCH, Body, CommandRequest, Each, Problem, example, posts, router
from fastapi import APIRouter, Path
from pydantic import BaseModel, Field
from starlette.responses import Response

from subsidy.claims.claim import CLAIM, known
from subsidy.claims.commands import ClaimCommand, DecideAppeal, DecideClaim, EndHold, FileAppeal, HoldClaim
from subsidy.claims.handlers.handler import handler_key
from subsidy.claims.lookup import is_own, within_reach
from subsidy.claims.standing import standing
from subsidy.claims.state import Claim, Opened, kind_of

MAX_BATCH: Final = 500
ClaimId = Annotated[UUID, Path(description="Id of the claim. 补贴事项编号。")]


class DecisionBatchIn(Body):
    """Claims to be decided, each for itself. 批量核定。"""

    model_config = example({"claims": ["0190a1b2-0000-5000-8000-0000000000e1", "0190a1b2-0000-5000-8000-0000000000e2"]})

    claims: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=MAX_BATCH)]


class HoldIn(Body):
    """Why it is held. 暂缓原因。"""

    model_config = example({"reason": "CHECK_ATTENDANCE"})

    reason: HoldReasonCode


class DocumentIn(Body):
    """What it rests on. 依据。"""

    model_config = example({"document": "核查结论〔2026〕12号"})

    document: Reference


class AppealIn(Body):
    """Why the decision is not accepted. 申诉。"""

    model_config = example({"ground": "FACT_WRONG", "document": "申诉书〔2026〕3号"})

    ground: AppealGroundCode
    document: Reference


class AppealDecisionIn(Body):
    """UPHELD: the claim is decided again by what is known now. 申诉处理结果。"""

    model_config = example({"outcome": "UPHELD", "document": "复核意见〔2026〕3号"})

    outcome: Literal["UPHELD", "REJECTED"]
    document: Reference


class ClaimAnswer(BaseModel):
    """What a command on a claim answers. 事项编号、状态与金额（分）。"""

    claim: str
    state: str
    amount: int
    version: int


def answer(claim: Claim, version: int) -> Mapping[str, object]:
    found = known(claim)
    amount = found.decision.made.amount if found.decision else 0
    return {"claim": found.claim, "state": standing(found), "amount": amount, "version": version}


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    clock: Clock

    async def _on(self, claim: UUID, request: CommandRequest, command: Callable[[Opened], ClaimCommand]) -> Response:
        found, _ = await within_reach(request, str(claim))
        return await request.handle(CLAIM, str(claim), command(found), reply=answer)

    def _decision(self, claim: Opened, request: CommandRequest) -> DecideClaim:
        by = request.caller
        return DecideClaim(
            worker=claim.opened.worker,
            kind=kind_of(claim.opened.kind),
            region=claim.region,
            today=legal_day(self.clock),
            handler=by.subject,
            handler_key=handler_key(by.subject),
            organisation=by.organisation,
        )

    async def decide(self, claim: ClaimId, request: CommandRequest) -> Response:
        """Decides the claim: the outcome is what the published rules say (R-SUB-10, R-SUB-26). 核定补贴事项。"""
        return await self._on(claim, request, lambda found: self._decision(found, request))

    async def decide_batch(self, body: DecisionBatchIn, request: CommandRequest) -> Response:
        """Decides up to 500 claims, each for itself, with a verdict each (R-SUB-10). 批量核定。"""
        keys = [str(each) for each in body.claims]
        found = await request.web.store.states(CLAIM, keys)
        request.leave_region_to_rules()
        return await request.handle_each([self._item(key, found[key][0], request) for key in keys])

    def _item(self, key: str, claim: Claim, request: CommandRequest) -> Each | Problem:
        if not isinstance(claim, Opened):
            return Problem("not_found")
        if not request.may_touch(claim.region):
            return Problem("region_not_yours")
        return Each(CLAIM, key, self._decision(claim, request), reply=answer)

    async def hold(self, claim: ClaimId, body: HoldIn, request: CommandRequest) -> Response:
        """Holds the claim until a risk has been looked at (R-SUB-24, R-SUB-25). 暂缓办理。"""
        by, today = request.caller, legal_day(self.clock)
        command = HoldClaim(reason=body.reason, handler=by.subject, organisation=by.organisation, today=today)
        return await self._on(claim, request, lambda _: command)

    async def end_hold(self, claim: ClaimId, body: DocumentIn, request: CommandRequest) -> Response:
        """The claim goes on as it was. 恢复办理。"""
        by, today = request.caller, legal_day(self.clock)
        command = EndHold(document=body.document, handler=by.subject, organisation=by.organisation, today=today)
        return await self._on(claim, request, lambda _: command)

    async def appeal(self, claim: ClaimId, body: AppealIn, request: CommandRequest) -> Response:
        """Somebody who is refused, or gets less, asks for another look: the worker, or a clerk for them (R-SUB-29).
        提出申诉。"""
        by, key = request.caller, str(claim)
        found, _ = await request.web.store.state(CLAIM, key)
        if isinstance(found, Opened) and is_own(request, found.opened.worker):
            request.leave_region_to_rules()
        elif not isinstance(found, Opened) or by.office == "worker":
            raise request.not_there()
        else:
            request.require_region(found.region)
        command = FileAppeal(
            ground=body.ground,
            document=body.document,
            by=by.subject,
            organisation=by.organisation,
            today=legal_day(self.clock),
        )
        return await request.handle(CLAIM, key, command, reply=answer)

    async def decide_appeal(self, claim: ClaimId, body: AppealDecisionIn, request: CommandRequest) -> Response:
        """A supervisor who did not decide the claim decides the appeal; upheld, the rules are asked again.
        处理申诉。"""
        by = request.caller

        def command(found: Opened) -> DecideAppeal:
            return DecideAppeal(
                worker=found.opened.worker,
                kind=kind_of(found.opened.kind),
                region=found.region,
                today=legal_day(self.clock),
                outcome=body.outcome,
                document=body.document,
                supervisor=by.subject,
                organisation=by.organisation,
            )

        return await self._on(claim, request, command)


def routes(handlers: Routes) -> APIRouter:
    """What decides claims, by path."""
    found = router()
    post = posts(found, "/v1/claims/{claim}/", "claims", ClaimAnswer)
    post("decision", handlers.decide)
    post("hold", handlers.hold)
    post("hold-end", handlers.end_hold)
    post("appeal", handlers.appeal)
    post("appeal-decision", handlers.decide_appeal)
    found.add_api_route(
        "/v1/decision-batches", handlers.decide_batch, methods=["POST"], tags=["claims"], responses={200: BATCH}
    )
    return found
