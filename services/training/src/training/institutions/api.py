"""Routes of institutions: registered, accredited, reviewed, revoked, filed for teaching away; and one as it is now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from eventcore.clock import Clock
from eventcore.web import ApiRequest, CommandRequest, posts, router
from eventcore.web.acting import dated, signed
from fastapi import APIRouter, Path
from pydantic import BaseModel
from starlette.responses import Response

from training.institutions import commands
from training.institutions.bodies import AccreditationIn, DeliveryIn, InstitutionIn, ReviewIn, RevocationIn
from training.institutions.events import BaseAccredited, BaseRevoked, MobileDeliveryFiled, Score
from training.institutions.institution import INSTITUTION, Institution, Registered, known

InstitutionId = Annotated[
    str, Path(pattern=r"^[0-9A-Z]{18}$", description="Unified social credit code. 统一社会信用代码。")
]


class InstitutionAnswer(BaseModel):
    """What a command on an institution answers. 机构代码与版本。"""

    institution: str
    version: int


class ReviewOut(BaseModel):
    """The result of a year. 年度考核结果。"""

    year: int
    result: str


class InstitutionOut(BaseModel):
    """An institution with its history. 培训机构档案。"""

    institution: str
    version: int
    title: str
    kind: str
    region: str
    accreditations: list[BaseAccredited]
    reviews: list[ReviewOut]
    deliveries: list[MobileDeliveryFiled]
    revoked: BaseRevoked | None


def answer(institution: Institution, version: int) -> Mapping[str, object]:
    return {"institution": known(institution).institution, "version": version}


async def registered(request: ApiRequest | CommandRequest, key: str) -> tuple[Registered, int]:
    """The institution, which is there and lies in the caller's region. Problem."""
    found, version = await request.web.store.state(INSTITUTION, key)
    if not isinstance(found, Registered):
        raise request.not_there()
    request.require_region(found.region)
    return found, version


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    clock: Clock

    async def _on(self, request: CommandRequest, key: str, command: commands.InstitutionCommand) -> Response:
        await registered(request, key)
        return await request.handle(INSTITUTION, key, command, reply=answer)

    async def register(self, body: InstitutionIn, request: CommandRequest) -> Response:
        """Registers an institution by its credit code (R-INS-01). 登记培训机构。"""
        request.require_region(body.region)
        command = commands.RegisterInstitution(
            institution=body.institution,
            title=body.title,
            kind=body.kind,
            region=body.region,
            evidence=body.evidence,
            **dated(request, self.clock),
        )
        return await request.handle(INSTITUTION, body.institution, command, reply=answer)

    async def accredit(self, institution: InstitutionId, body: AccreditationIn, request: CommandRequest) -> Response:
        """Accredits it as a training base for occupations (R-INS-02, R-INS-18). 认定培训基地。"""
        command = commands.AccreditBase(
            grade=body.grade,
            scores=tuple(Score(criterion=each.criterion, points=each.points) for each in body.scores),
            occupations=body.occupations,
            accredited_on=body.accredited_on,
            evidence=body.evidence,
            **dated(request, self.clock),
        )
        return await self._on(request, institution, command)

    async def review(self, institution: InstitutionId, body: ReviewIn, request: CommandRequest) -> Response:
        """The yearly review and its result (R-INS-05). 登记年度考核结果。"""
        command = commands.ReviewBase(
            year=body.year,
            result=body.result,
            evidence=body.evidence,
            **dated(request, self.clock),
        )
        return await self._on(request, institution, command)

    async def revoke(self, institution: InstitutionId, body: RevocationIn, request: CommandRequest) -> Response:
        """Revokes the accreditation: no new classes, nobody is taken in (R-INS-06, R-RGT-10). 取消培训基地资格。"""
        command = commands.RevokeBase(
            ground=body.ground,
            revoked_on=body.revoked_on,
            void_from=body.void_from,
            evidence=body.evidence,
            **dated(request, self.clock),
        )
        return await self._on(request, institution, command)

    async def file_delivery(self, institution: InstitutionId, body: DeliveryIn, request: CommandRequest) -> Response:
        """Files teaching in townships and villages (R-TRN-37). 送培训上门评估备案。"""
        command = commands.FileMobileDelivery(
            region=body.region,
            valid_from=body.valid_from,
            valid_to=body.valid_to,
            evidence=body.evidence,
            **signed(request),
        )
        return await self._on(request, institution, command)

    async def read(self, institution: InstitutionId, request: ApiRequest) -> Response:
        """An institution with its scores, reviews and filings. 培训机构档案。"""
        found, version = await registered(request, institution)
        shown = InstitutionOut(
            institution=found.institution,
            version=version,
            title=found.title,
            kind=found.kind,
            region=found.region,
            accreditations=list(found.accreditations),
            reviews=[ReviewOut(year=year, result=result) for year, result in found.reviews],
            deliveries=list(found.deliveries),
            revoked=found.revoked,
        )
        return Response(shown.model_dump_json(), media_type="application/json", headers={"ETag": f'"{version}"'})


def routes(handlers: Routes) -> APIRouter:
    """What changes and shows institutions, by path."""
    found = router()
    post = posts(found, "/v1/institutions", "institutions", InstitutionAnswer)
    post("", handlers.register)
    post("/{institution}/accreditations", handlers.accredit)
    post("/{institution}/reviews", handlers.review)
    post("/{institution}/revocation", handlers.revoke)
    post("/{institution}/mobile-deliveries", handlers.file_delivery)
    found.add_api_route(
        "/v1/institutions/{institution}",
        handlers.read,
        methods=["GET"],
        tags=["institutions"],
        response_model=InstitutionOut,
    )
    return found
