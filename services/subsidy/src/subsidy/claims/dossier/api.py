"""Routes of dossiers: what offices add to what other services said, and what is known of a worker."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from contracts.documents import Reference
from contracts.money import Fen
from contracts.subsidy_codes import HelpKindCode
from eventcore.clock import Clock, legal_day
from eventcore.web import ApiRequest, Body, CommandRequest, Text, example, posts, router
from eventcore.web.acting import signed
from fastapi import APIRouter, Path
from pydantic import BaseModel, Field
from starlette.responses import Response

from subsidy.claims.dossier.dossier import DOSSIER, Note
from subsidy.claims.dossier.events import EvidenceNoted, HelpNoted, InsuranceNoted, Noted
from subsidy.claims.dossier.parts import Said
from subsidy.claims.dossier.state import Dossier, county_on
from subsidy.claims.lookup import within_reach

ClaimId = Annotated[UUID, Path(description="Id of the claim. 补贴事项编号。")]
WorkerId = Annotated[UUID, Path(description="Id of the worker. 劳动者编号。")]


class InsuranceIn(Body):
    """What a comparison with the insurance's data said, from a day, up to but without another (R-SUB-31). 参保情况。"""

    model_config = example({"insured": True, "valid_from": "2026-07-01", "document": "参保证明〔2026〕77号"})

    insured: bool
    valid_from: date
    valid_to: date | None = None
    document: Reference


class HelpIn(Body):
    """Help that others gave; the amount in fen, 0 where it is not known. 其他帮扶（金额单位：分）。"""

    model_config = example(
        {
            "kind": "CHARITY_GRANT",
            "giver": "某公益基金会",
            "received_on": "2026-08-20",
            "amount": 200000,
            "document": "资助函〔2026〕8号",
        }
    )

    kind: HelpKindCode
    giver: Annotated[str, Text(100)]
    received_on: date
    amount: Annotated[Fen, Field(ge=0)] = 0
    document: Reference


class EvidenceIn(Body):
    """What an office saw, by the name of the rules: money in fen, distance in km, age in years. 其他依据。"""

    model_config = example({"input": "distance_km", "value": 1180, "document": "路程核定表〔2026〕9号"})

    input: Literal["age", "distance_km", "income_last_year", "ticket"]
    value: Annotated[int, Field(ge=0, le=100_000_000)]
    document: Reference


class DossierAnswer(BaseModel):
    """What a note in a dossier answers. 事项数与版本。"""

    claims: int
    version: int


class DossierOut(BaseModel):
    """What claims of the worker rest on, the newest of each. 补贴依据。"""

    worker: str
    region: str
    notes: list[dict[str, Any]]
    claims: list[str]
    elsewhere: list[dict[str, Any]]
    """Claims of other provinces that ask for what is given once. 外省申请占用的事项。"""


def answer(dossier: Dossier, version: int) -> Mapping[str, object]:
    return {"claims": len(dossier.concerns), "version": version}


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    clock: Clock

    async def insure(self, worker: WorkerId, body: InsuranceIn, request: CommandRequest) -> Response:
        """The insurance's data say whether the worker is insured; no paper is asked for (R-SUB-21, R-SUB-31).
        登记参保比对结果。"""
        key, today = str(worker), legal_day(self.clock)
        await self._require_region(request, key)
        noted = InsuranceNoted(
            worker=key,
            insured=body.insured,
            valid_from=body.valid_from,
            valid_to=body.valid_to,
            noted_on=today,
            **signed(request),
            document=body.document,
            said=self._said(),
            concerns=(),
        )
        return await self._note(request, key, noted)

    async def help(self, worker: WorkerId, body: HelpIn, request: CommandRequest) -> Response:
        """Somebody else has helped: it is known, so that help is not given twice (R-ADD-14). 登记其他帮扶。"""
        key, today = str(worker), legal_day(self.clock)
        await self._require_region(request, key)
        noted = HelpNoted(
            worker=key,
            kind=body.kind,
            giver=body.giver,
            received_on=body.received_on,
            amount=body.amount,
            noted_on=today,
            **signed(request),
            document=body.document,
            said=self._said(),
            concerns=(),
        )
        return await self._note(request, key, noted)

    async def evidence(self, claim: ClaimId, body: EvidenceIn, request: CommandRequest) -> Response:
        """A claim waits for something that no system tells, and an office has seen it: tickets, income, distance
        (R-SUB-31, R-SUB-36). The last note counts. 登记其他依据。"""
        today = legal_day(self.clock)
        found, _ = await within_reach(request, str(claim))
        noted = EvidenceNoted(
            worker=found.opened.worker,
            claim=found.claim,
            input=body.input,
            value=body.value,
            document=body.document,
            noted_on=today,
            **signed(request),
            said=self._said(),
            concerns=(),
        )
        return await self._note(request, noted.worker, noted)

    async def _note(self, request: CommandRequest, key: str, noted: Noted) -> Response:
        return await request.handle(DOSSIER, key, Note(noted), reply=answer)

    def _said(self) -> Said:
        """Of what offices say of the same, the last counts; the rules name the note."""
        return Said(fact="", order=int(self.clock.now().timestamp() * 1_000_000))

    async def _require_region(self, request: ApiRequest, key: str) -> tuple[Dossier, str]:
        """The dossier of a worker whose county is known and the caller's, with the county. Problem."""
        found, _ = await request.web.store.state(DOSSIER, key)
        county = county_on(found, legal_day(self.clock))
        if county is None:
            raise request.not_there()
        request.require_region(county)
        return found, county

    async def show(self, worker: WorkerId, request: ApiRequest) -> DossierOut:
        """What claims of the worker rest on, each with the fact that said so (R-SUB-31). 补贴依据。"""
        key = str(worker)
        found, region = await self._require_region(request, key)
        return DossierOut(
            worker=key,
            region=region,
            notes=[_plain(each) for each in found.notes.values()],
            claims=[each.claim for each in found.concerns],
            elsewhere=[msgspec.to_builtins(each.request) for each in found.placed.values()],
        )


def _plain(noted: Noted) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(noted)
    del plain["concerns"]
    return {"note": noted.type, **plain}


def routes(handlers: Routes) -> APIRouter:
    """What notes and shows, by path."""
    found = router()
    post = posts(found, "/v1/workers/{worker}/", "dossiers", DossierAnswer)
    post("insurance", handlers.insure)
    post("help", handlers.help)
    posts(found, "/v1/claims/{claim}/", "dossiers", DossierAnswer)("evidence", handlers.evidence)
    found.add_api_route("/v1/workers/{worker}/dossier", handlers.show, methods=["GET"], tags=["dossiers"])
    return found
