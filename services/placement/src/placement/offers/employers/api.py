"""Routes of employers: registered and judged by the labour office, listed for everybody."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from contracts.credit_code import CreditCodeText
from contracts.documents import Reference
from contracts.placement_codes import BaseCriterionCode, BaseGroundCode, EmployerTitleCode
from contracts.region import RegionCode
from eventcore.web import ApiRequest, Body, CommandRequest, Paged, Problem, Text, example, posts, router
from eventcore.web.acting import acting
from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from placement.offers.employers.commands import (
    AwardTitle,
    EmployerCommand,
    RegisterEmployer,
    RevokeBase,
    SelectBase,
)
from placement.offers.employers.employer import EMPLOYER, Employer, Registered, known
from placement.offers.employers.events import Criterion
from placement.offers.employers.views.employers import EMPLOYERS, EmployerRow, EmployerTable, employers_in

EmployerId = Annotated[CreditCodeText, Path(description="Unified social credit code. 统一社会信用代码。")]


class EmployerIn(Body):
    """An employer of this province. 用人单位。"""

    model_config = example({"employer": "91441900MA000001LU", "title": "东莞某电子厂", "region": "441900"})

    employer: CreditCodeText
    title: Annotated[str, Text(200)]
    region: RegionCode


class CriterionIn(Body):
    """A criterion that is met, and by what document. 遴选条件及依据。"""

    criterion: BaseCriterionCode
    evidence: Reference


class BaseIn(Body):
    """The employer's own application, and evidence for each criterion. 就业基地申请与遴选依据。"""

    model_config = example(
        {
            "application": "基地申请〔2026〕3号",
            "criteria": [
                {"criterion": "MANAGEMENT", "evidence": "核查表〔2026〕1号"},
                {"criterion": "RESPONSIBILITY", "evidence": "核查表〔2026〕2号"},
                {"criterion": "POSTS", "evidence": "核查表〔2026〕3号"},
            ],
        }
    )

    application: Reference
    criteria: Annotated[tuple[CriterionIn, ...], Field(min_length=1, max_length=10)]


class BaseRevocationIn(Body):
    """Why it is no base any more. 取消就业基地。"""

    model_config = example({"ground": "WAGE_ARREARS", "evidence": "东人社罚〔2026〕7号"})

    ground: BaseGroundCode
    evidence: Reference


class TitleIn(Body):
    """A title and the document that awards it. 授予称号。"""

    model_config = example({"title": "INTEGRITY_UNIT", "evidence": "东人社函〔2026〕15号"})

    title: EmployerTitleCode
    evidence: Reference


class EmployerAnswer(BaseModel):
    """What a command on an employer answers. 单位代码与版本。"""

    employer: str
    version: int


class EmployerOut(BaseModel):
    """An employer with its titles, and since when and by what it is a base. 用人单位。"""

    employer: str
    version: int
    title: str
    region: str
    base_since: date | None
    criteria: list[Criterion]
    titles: list[str]


class EmployerPage(BaseModel):
    """Employers by place, and the cursor of the next page where there may be one."""

    employers: list[EmployerRow]
    next: str | None


def answer(found: Employer, version: int) -> Mapping[str, object]:
    return {"employer": known(found).employer, "version": version}


async def register(body: EmployerIn, request: CommandRequest) -> Response:
    """Registers an employer, which then may publish vacancies (R-PLC-15). 登记用人单位。"""
    request.require_region(body.region)
    command = RegisterEmployer(employer=body.employer, title=body.title, region=body.region, by=acting(request))
    return await request.handle(EMPLOYER, body.employer, command, reply=answer)


async def select_base(employer: EmployerId, body: BaseIn, request: CommandRequest) -> Response:
    """Makes the employer a base for poor workers, by all three criteria (R-PLC-22). 遴选就业基地。"""
    criteria = tuple(Criterion(criterion=each.criterion, evidence=each.evidence) for each in body.criteria)
    command = SelectBase(application=body.application, criteria=criteria, by=acting(request))
    return await _on(request, employer, command)


async def revoke_base(employer: EmployerId, body: BaseRevocationIn, request: CommandRequest) -> Response:
    """The employer is no base any more, with a ground (R-PLC-22). 取消就业基地。"""
    return await _on(request, employer, RevokeBase(ground=body.ground, evidence=body.evidence, by=acting(request)))


async def award_title(employer: EmployerId, body: TitleIn, request: CommandRequest) -> Response:
    """Awards a title. 授予称号。"""
    return await _on(request, employer, AwardTitle(title=body.title, evidence=body.evidence, by=acting(request)))


async def _on(request: CommandRequest, employer: str, command: EmployerCommand) -> Response:
    await within_reach(request, employer)
    return await request.handle(EMPLOYER, employer, command, reply=answer)


async def within_reach(request: ApiRequest | CommandRequest, employer: str) -> tuple[Registered, int]:
    """The employer: the caller itself, or one of the office's region. Problem."""
    found, version = await request.web.store.state(EMPLOYER, employer)
    if not isinstance(found, Registered):
        raise request.not_there()
    require_own(request, employer, found.region)
    return found, version


def require_own(request: ApiRequest | CommandRequest, employer: str, region: str) -> None:
    """An employer speaks for itself, an office for its region. Problem."""
    if request.caller.office != "employer":
        request.require_region(region)
        return
    request.leave_region_to_rules()
    if request.caller.organisation != employer:
        raise Problem("not_found")


async def read(employer: EmployerId, request: ApiRequest) -> Response:
    """An employer, for the labour office and for itself. 一家用人单位。"""
    found, version = await within_reach(request, employer)
    shown = EmployerOut(
        employer=found.employer,
        version=version,
        title=found.title,
        region=found.region,
        base_since=found.base.selected_on if found.base else None,
        criteria=list(found.base.criteria) if found.base else [],
        titles=sorted(found.titles),
    )
    return Response(shown.model_dump_json(), media_type="application/json", headers={"ETag": f'"{version}"'})


async def list_employers(
    request: ApiRequest,
    page: Paged,
    region: Annotated[RegionCode, Query(description="A county, prefecture or province. 行政区划代码。")],
    base: Annotated[bool | None, Query(description="Only employment bases, or only others. 是否就业基地。")] = None,
) -> EmployerPage:
    """Employers of a region, for everybody (R-PLC-15, R-PLC-22). 用人单位及就业基地名录。"""
    by = EmployerTable.region, EmployerTable.employer
    rows, following = await page.rows(EMPLOYERS, employers_in(region, base), *by)
    return EmployerPage(employers=rows, next=following)


def routes() -> APIRouter:
    """What changes and shows employers, by path."""
    found = router()
    post = posts(found, "/v1/employers", "employers", EmployerAnswer)
    post("", register)
    post("/{employer}/base", select_base)
    post("/{employer}/base-revocation", revoke_base)
    post("/{employer}/titles", award_title)
    found.add_api_route("/v1/employers", list_employers, methods=["GET"], tags=["employers"])
    found.add_api_route(
        "/v1/employers/{employer}", read, methods=["GET"], tags=["employers"], response_model=EmployerOut
    )
    return found
