"""Routes of agreements: proposed by the office of one side, signed by the other's, or by its employer or school."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from contracts.credit_code import CreditCodeText
from contracts.occupation import OccupationText
from contracts.placement_codes import AgreementEndCode, AgreementKindCode
from contracts.region import RegionCode
from eventcore.ids import new_id
from eventcore.web import ApiRequest, Body, CommandRequest, Paged, Problem, example, posts, router
from eventcore.web.acting import acting
from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from placement.offers.agreements.agreement import AGREEMENT
from placement.offers.agreements.commands import EndAgreement, ProposeAgreement, SignAgreement
from placement.offers.agreements.events import Terms
from placement.offers.agreements.state import (
    HOST,
    Agreement,
    Ended,
    InForce,
    Known,
    Offered,
    Proposed,
    Unknown,
    known,
    region_of,
    side_key,
)
from placement.offers.agreements.views.agreements import AGREEMENTS, AgreementRow, AgreementTable, agreements_of

AgreementId = Annotated[UUID, Path(description="Id of the agreement, the same for both sides. 协议编号。")]
Side = Literal["HOME", "HOST"]
STATES = {Proposed: "PROPOSED", Offered: "OFFERED", InForce: "IN_FORCE", Ended: "ENDED"}


class AgreementIn(Body):
    """The text, and for which side the caller signs it. 协作协议。"""

    model_config = example(
        {
            "side": "HOME",
            "kind": "PROVINCE_PAIR",
            "home": "520000",
            "host": "440000",
            "quota": 500,
            "valid_from": "2026-06-01",
            "valid_to": "2027-06-01",
        }
    )

    side: Annotated[Side, Field(description="HOME: where the workers come from. 输出地或输入地。")]
    kind: AgreementKindCode
    home: RegionCode
    host: RegionCode
    partner: Annotated[
        CreditCodeText | None, Field(description="The employer or school that signs for the host. 企业或院校。")
    ] = None
    occupations: Annotated[tuple[OccupationText, ...], Field(max_length=200, description="Empty: all. 职业。")] = ()
    quota: Annotated[int, Field(ge=1, le=1_000_000)]
    valid_from: date
    valid_to: Annotated[date, Field(description="The first day without it. 终止日（不含）。")]


class SignatureIn(Body):
    """For which side the caller signs. 签署。"""

    model_config = example({"side": "HOST"})

    side: Side


class EndIn(Body):
    """Which side ends it, and why. 终止。"""

    model_config = example({"side": "HOME", "reason": "REPLACED"})

    side: Side
    reason: AgreementEndCode


class AgreementAnswer(BaseModel):
    """What a command on an agreement answers. 协议编号、状态与版本。"""

    agreement: str
    side: str
    state: str
    version: int


class AgreementOut(BaseModel):
    """One side of an agreement, and how much of its quota is used. 协作协议。"""

    agreement: str
    side: str
    state: str
    version: int
    terms: Terms
    used: int
    ended_on: date | None


class AgreementPage(BaseModel):
    """Sides of agreements, and the cursor of the next page where there may be one."""

    agreements: list[AgreementRow]
    next: str | None


def answer(found: Agreement, version: int) -> Mapping[str, object]:
    agreement = known(found)
    return {
        "agreement": agreement.agreement,
        "side": agreement.side,
        "state": STATES[type(agreement)],
        "version": version,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    mint: Callable[[], str] = new_id

    async def propose(self, body: AgreementIn, request: CommandRequest) -> Response:
        """Signs an agreement for one side, and asks the other to (R-XRG-09, R-ADD-06, R-ADD-10). 提出协作协议。"""
        terms = Terms(
            kind=body.kind,
            home=body.home,
            host=body.host,
            partner=body.partner,
            occupations=body.occupations,
            quota=body.quota,
            valid_from=body.valid_from,
            valid_to=body.valid_to,
        )
        request.require_region(region_of(terms, body.side))
        key = self.mint()
        command = ProposeAgreement(agreement=key, side=body.side, terms=terms, by=acting(request))
        return await request.handle(AGREEMENT, side_key(key, body.side), command, reply=answer)

    async def sign(self, agreement: AgreementId, body: SignatureIn, request: CommandRequest) -> Response:
        """Signs for the other side: by its office, or by its employer or school. 签署协作协议。"""
        key = side_key(str(agreement), body.side)
        await within_reach(request, key)
        return await request.handle(AGREEMENT, key, SignAgreement(by=acting(request)), reply=answer)

    async def end(self, agreement: AgreementId, body: EndIn, request: CommandRequest) -> Response:
        """From today on nobody is nominated under it; who is on the way goes on. 终止协作协议。"""
        key = side_key(str(agreement), body.side)
        await within_reach(request, key)
        command = EndAgreement(reason=body.reason, by=acting(request))
        return await request.handle(AGREEMENT, key, command, reply=answer)

    async def read(
        self,
        agreement: AgreementId,
        request: ApiRequest,
        side: Annotated[Side, Query(description="Whose copy. 哪一方的文本。")],
    ) -> Response:
        """One side's copy of an agreement. 一份协作协议。"""
        found, version = await within_reach(request, side_key(str(agreement), side))
        used = len(found.places.used) if isinstance(found, InForce | Ended) else 0
        shown = AgreementOut(
            agreement=found.agreement,
            side=found.side,
            state=STATES[type(found)],
            version=version,
            terms=found.terms,
            used=used,
            ended_on=found.ended_on if isinstance(found, Ended) else None,
        )
        return Response(shown.model_dump_json(), media_type="application/json", headers={"ETag": f'"{version}"'})


async def within_reach(request: ApiRequest | CommandRequest, key: str) -> tuple[Known, int]:
    """The side of the agreement: of the office's region, or of the caller as its partner. Problem."""
    found, version = await request.web.store.state(AGREEMENT, key)
    if not isinstance(found, Unknown) and request.caller.office == "placement-officer":
        request.require_region(region_of(found.terms, found.side))
        return found, version
    request.leave_region_to_rules()
    if isinstance(found, Unknown) or found.side != HOST or found.terms.partner != request.caller.organisation:
        raise Problem("not_found")
    return found, version


async def list_agreements(
    request: ApiRequest,
    page: Paged,
    region: Annotated[RegionCode, Query(description="Whose office speaks for the side. 行政区划代码。")],
) -> AgreementPage:
    """Agreements in which the region has a side. 协作协议列表。"""
    request.require_region(region)
    rows, following = await page.rows(AGREEMENTS, agreements_of(region), AgreementTable.region, AgreementTable.id)
    return AgreementPage(agreements=rows, next=following)


def routes(handlers: Routes) -> APIRouter:
    """What changes and shows agreements, by path."""
    found = router()
    post = posts(found, "/v1/agreements", "agreements", AgreementAnswer)
    post("", handlers.propose)
    post("/{agreement}/signature", handlers.sign)
    post("/{agreement}/end", handlers.end)
    found.add_api_route("/v1/agreements", list_agreements, methods=["GET"], tags=["agreements"])
    found.add_api_route(
        "/v1/agreements/{agreement}",
        handlers.read,
        methods=["GET"],
        tags=["agreements"],
        response_model=AgreementOut,
    )
    return found
