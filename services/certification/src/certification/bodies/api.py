"""Routes of assessment bodies: registered and kept by the labour department, listed for everybody."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from contracts.credit_code import CreditCodeText
from contracts.region import lies_in
from eventcore.clock import legal_day
from eventcore.web import ApiRequest, CommandRequest, Problem, posts, router
from eventcore.web.acting import acting
from fastapi import APIRouter, Path
from pydantic import BaseModel
from starlette.responses import Response

from certification.bodies.bodies import BodyIn, BodySuspensionIn, MobileFilingIn, ScopeIn, StaffIn
from certification.bodies.body import BODY
from certification.bodies.commands import (
    BodyCommand,
    ChangeScope,
    FileMobileAssessment,
    RegisterBody,
    RegisterStaff,
    ResumeBody,
    SuspendBody,
)
from certification.bodies.events import Member, Post, ScopeLine
from certification.bodies.state import Body as State
from certification.bodies.state import Registered, known

BodyId = Annotated[CreditCodeText, Path(description="Unified social credit code. 统一社会信用代码。")]


class BodyAnswer(BaseModel):
    """What a command on a body answers. 机构代码与版本。"""

    body: str
    version: int


class FilingOut(BaseModel):
    region: str
    valid_from: date
    valid_to: date


class BodyOut(BaseModel):
    """A body with its scope, its people by their ids, its filings and its suspensions. 评价机构。"""

    body: str
    version: int
    title: str
    region: str
    kind: str
    scope: list[ScopeLine]
    staff: list[Member]
    filings: list[FilingOut]
    suspensions: list[tuple[date, date | None]]


def answer(found: State, version: int) -> Mapping[str, object]:
    return {"body": known(found).body, "version": version}


class Routes:
    """The routes of the labour department, and of the body itself where it only looks."""

    async def register(self, body: BodyIn, request: CommandRequest) -> Response:
        """Registers a body that may issue certificates (R-CRT-02, R-CRT-11). 登记评价机构。"""
        request.require_region(body.region)
        command = RegisterBody(
            body=body.body,
            title=body.title,
            region=body.region,
            kind=body.kind,
            filing_code=body.filing_code,
            site=body.site,
            appraisal_code=body.appraisal_code,
            by=acting(request),
        )
        return await request.handle(BODY, body.body, command, reply=answer)

    async def change_scope(self, body: BodyId, scope: ScopeIn, request: CommandRequest) -> Response:
        """Says what the body may assess: route, occupation, level, until when, at what fee. 变更评价范围。"""
        lines = tuple(
            ScopeLine(
                route=each.route,
                occupation=each.occupation,
                level=each.level,
                valid_from=each.valid_from,
                valid_to=each.valid_to,
                standard_fee=each.standard_fee,
            )
            for each in scope.lines
        )
        return await _on(request, body, ChangeScope(lines=lines, evidence=scope.evidence, by=acting(request)))

    async def register_staff(self, body: BodyId, staff: StaffIn, request: CommandRequest) -> Response:
        """Registers assessors and supervisors with their validity (R-CRT-17). 登记考评员、督导员。"""
        members = tuple(
            Member(
                person=each.person,
                role=each.role,
                valid_from=each.valid_from,
                valid_to=each.valid_to,
                teaches=tuple(Post(institution=post.institution, teacher=post.teacher) for post in each.teaches),
            )
            for each in staff.members
        )
        return await _on(request, body, RegisterStaff(members=members, evidence=staff.evidence, by=acting(request)))

    async def file_mobile(self, body: BodyId, filing: MobileFilingIn, request: CommandRequest) -> Response:
        """Files that the body assesses at the trainees' place, there and then (R-ADD-03). 送评价上门备案。"""
        if not lies_in(filing.region, request.web.region, legal_day()):
            raise Problem("region_not_yours")
        command = FileMobileAssessment(
            region=filing.region,
            valid_from=filing.valid_from,
            valid_to=filing.valid_to,
            evidence=filing.evidence,
            by=acting(request),
        )
        return await _on(request, body, command)

    async def suspend(self, body: BodyId, suspension: BodySuspensionIn, request: CommandRequest) -> Response:
        """From today the body assesses and confirms nothing (R-CRT-14, R-CRT-15). 暂停评价资格。"""
        return await _on(request, body, SuspendBody(reason=suspension.reason, by=acting(request)))

    async def resume(self, body: BodyId, request: CommandRequest) -> Response:
        """The body may assess again. 恢复评价资格。"""
        return await _on(request, body, ResumeBody(by=acting(request)))

    async def read(self, body: BodyId, request: ApiRequest) -> Response:
        """A body, for the labour department and for itself. 一家评价机构。"""
        found, version = await request.web.store.state(BODY, body)
        if request.caller.organisation == body:
            request.leave_region_to_rules()
        elif isinstance(found, Registered):
            request.require_region(found.region)
        if not isinstance(found, Registered):
            raise request.not_there()
        text = _shown(found, version).model_dump_json()
        return Response(text, media_type="application/json", headers={"ETag": f'"{version}"'})


def _shown(found: Registered, version: int) -> BodyOut:
    filings = [
        FilingOut(region=each.region, valid_from=each.valid_from, valid_to=each.valid_to) for each in found.filings
    ]
    return BodyOut(
        body=found.body,
        version=version,
        title=found.title,
        region=found.region,
        kind=found.kind,
        scope=list(found.scope),
        staff=list(found.staff),
        filings=filings,
        suspensions=list(found.pauses),
    )


async def _on(request: CommandRequest, body: str, command: BodyCommand) -> Response:
    """Carries out a command on a body that is there and lies in the caller's region."""
    found, _ = await request.web.store.state(BODY, body)
    if not isinstance(found, Registered):
        raise request.not_there()
    request.require_region(found.region)
    return await request.handle(BODY, body, command, reply=answer)


def routes() -> APIRouter:
    """What changes and shows bodies, by path."""
    found, handlers = router(), Routes()
    post = posts(found, "/v1/assessment-bodies", "assessment-bodies", BodyAnswer)
    post("", handlers.register)
    post("/{body}/scope", handlers.change_scope)
    post("/{body}/staff", handlers.register_staff)
    post("/{body}/mobile-filings", handlers.file_mobile)
    post("/{body}/suspension", handlers.suspend)
    post("/{body}/resumption", handlers.resume)
    found.add_api_route(
        "/v1/assessment-bodies/{body}",
        handlers.read,
        methods=["GET"],
        tags=["assessment-bodies"],
        response_model=BodyOut,
    )
    return found
