"""One claim as it is, and why."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from eventcore.clock import Clock, legal_day
from eventcore.store import Store
from eventcore.web import ApiRequest, router
from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from subsidy.claims.api import ClaimId
from subsidy.claims.claim import CLAIM
from subsidy.claims.events import ClaimReady, ClaimWaits
from subsidy.claims.explaining import explained
from subsidy.claims.lookup import is_own
from subsidy.claims.standing import Standing, standing
from subsidy.claims.state import Opened
from subsidy.money.looking import payments_of
from subsidy.money.payments.state import Account, Payments
from subsidy.packs.pack import Pack
from subsidy.packs.rule_pack import RULE_PACK, version_of
from subsidy.packs.terms import pay_by


class Limits(BaseModel):
    """Published time limits as they are kept (R-SUB-30, R-ADD-13). 办理时限。"""

    opened_on: date
    waiting_since: date | None
    ready_since: date | None
    due_on: date | None
    decided_on: date | None
    overdue_days: int
    pay_by: date | None
    """Of what was approved."""
    unpaid_days: int
    """By how many days something owed is paid later than that."""


class InputOut(BaseModel):
    """A fact that was used, by the name of the rules. 依据。"""

    name: str
    value: str
    fact: str


class StepOut(BaseModel):
    """A line of the arithmetic, in fen. 计算步骤（分）。"""

    rule: str
    expression: str
    result: int


class DecisionOut(BaseModel):
    """The newest decision. `corrects` and `cause`: where it takes the place of one that fell. 核定结果（单位：分）。"""

    decision: str
    outcome: str
    amount: int
    fund: str
    payee: dict[str, str]
    pack: str
    reasons: list[str]
    inputs: list[InputOut]
    steps: list[StepOut]
    decided_on: date
    handler: str
    difference: int | None = None
    corrects: str | None = None
    cause: str | None = None


class ClaimWhole(BaseModel):
    """A claim, how it stands, and why, in Chinese and in English. 补贴事项及说明。"""

    claim: str
    version: int
    kind: str
    worker: str
    region: str
    about: str
    because: str
    state: Standing
    missing: list[str]
    limits: Limits
    decision: DecisionOut | None
    zh: list[str]
    en: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    clock: Clock

    async def explain(self, claim: ClaimId, request: ApiRequest) -> Response:
        """Why the claim stands as it stands: rule, facts by their ids, arithmetic, time limits (R-SUB-30). For the
        worker, and for the offices of the region. 核定说明。"""
        store, key, day = request.web.store, str(claim), legal_day(self.clock)
        found, version = await store.state(CLAIM, key)
        if not isinstance(found, Opened) or not _may_read(request, found):
            raise request.not_there()
        pack = await pack_of(store, found)
        payments = (await payments_of(store, [key]))[key]
        limits = _limits(found, pack, payments, day)
        sentences = list(explained(found, pack, day, limits.pay_by))
        shown = ClaimWhole(
            claim=key,
            version=version,
            kind=found.opened.kind,
            worker=found.opened.worker,
            region=found.region,
            about=found.opened.about,
            because=found.opened.because,
            state=standing(found),
            missing=list(found.standing.missing) if isinstance(found.standing, ClaimWaits) else [],
            limits=limits,
            decision=_decision(found),
            zh=[each.zh for each in sentences],
            en=[each.en for each in sentences],
        )
        return Response(shown.model_dump_json(), media_type="application/json", headers={"ETag": f'"{version}"'})


def _may_read(request: ApiRequest, claim: Opened) -> bool:
    if request.caller.office == "worker":
        request.leave_region_to_rules()
        return is_own(request, claim.opened.worker)
    request.require_region(claim.region)
    return True


async def pack_of(store: Store, claim: Opened) -> Pack | None:
    """The rules by which it was decided; else those by which it would be."""
    if claim.decision:
        ref = claim.decision.made.explanation.pack
    elif isinstance(claim.standing, ClaimReady):
        ref = claim.standing.pack
    else:
        return None
    name, _, version = ref.partition("@")
    return version_of((await store.state(RULE_PACK, name))[0], int(version))


def _limits(claim: Opened, pack: Pack | None, payments: Payments, day: date) -> Limits:
    standing, decision = claim.standing, claim.decision
    ready = standing if isinstance(standing, ClaimReady) else None
    end = decision.made.decided_on if decision else day
    by = pay_by(pack.rules, end) if pack and decision and decision.made.amount else None
    unpaid = by and isinstance(payments, Account) and payments.paid < payments.owed
    return Limits(
        opened_on=claim.opened.opened_on,
        waiting_since=standing.since if isinstance(standing, ClaimWaits) else None,
        ready_since=ready.since if ready else None,
        due_on=ready.due_on if ready else None,
        decided_on=decision.made.decided_on if decision else None,
        overdue_days=max(0, (end - ready.due_on).days) if ready else 0,
        pay_by=by,
        unpaid_days=max(0, (day - by).days) if by and unpaid else 0,
    )


def _decision(claim: Opened) -> DecisionOut | None:
    if claim.decision is None:
        return None
    plain: dict[str, Any] = msgspec.to_builtins(claim.decision.made)
    explanation = plain.pop("explanation")
    shown = {**plain, **explanation, "decision": claim.decision.id, "handler": claim.decision.handler}
    return DecisionOut.model_validate(shown)


def routes(handlers: Routes) -> APIRouter:
    """What explains, by path."""
    found = router()
    found.add_api_route(
        "/v1/claims/{claim}/explain", handlers.explain, methods=["GET"], tags=["claims"], response_model=ClaimWhole
    )
    return found
