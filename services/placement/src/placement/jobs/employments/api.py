"""Routes of jobs: kept by their employer or its labour office, where the work is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, assert_never
from uuid import UUID

from contracts.credit_code import CreditCodeText
from contracts.region import RegionCode
from eventcore.ids import new_id
from eventcore.web import BATCH, ApiRequest, CommandRequest, Each, Paged, Problem, posts, router
from eventcore.web.acting import acting
from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from placement.jobs.employments.bodies import (
    ContractIn,
    EmploymentAnswer,
    EmploymentIn,
    EmploymentOut,
    EmploymentPage,
    EndIn,
    MonthBatchIn,
    MonthIn,
    MonthOfIn,
    StartIn,
    shown,
)
from placement.jobs.employments.commands import (
    ConfirmMonth,
    EmploymentCommand,
    EndEmployment,
    Hiring,
    Placed,
    SignContract,
    StartEmployment,
)
from placement.jobs.employments.employment import EMPLOYMENT
from placement.jobs.employments.events import Terms
from placement.jobs.employments.state import Employment, Hired, Over, Unknown, Working, known
from placement.jobs.employments.views.employments import EMPLOYMENTS, EmploymentTable, jobs_in
from placement.offers.employers.api import require_own
from placement.transfers.host.reception import RECEPTION
from placement.transfers.host.state import Unknown as NotNominated

EmploymentId = Annotated[UUID, Path(description="Id of the job. 就业编号。")]


def answer(found: Employment, version: int) -> Mapping[str, object]:
    return {"employment": known(found).terms.employment, "version": version}


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    mint: Callable[[], str] = new_id

    async def hire(self, body: EmploymentIn, request: CommandRequest) -> Response:
        """A worker is hired, under a transfer or found alone; listed occupations need a certificate that holds on the
        first day (R-PLC-16, R-PLC-21, R-ADD-09). 录用登记，准入职业须持证。"""
        require_own(request, body.employer, body.region)
        hiring = Hiring(
            employment=self.mint(),
            worker=str(body.worker),
            home=body.home,
            employer=body.employer,
            region=body.region,
            occupation=body.occupation,
            form=body.form,
            placed=await _placed(request, str(body.transfer) if body.transfer else None),
        )
        return await request.handle(EMPLOYMENT, hiring.employment, _hired(hiring, body, request), reply=answer)

    async def sign(self, employment: EmploymentId, body: ContractIn, request: CommandRequest) -> Response:
        """Worker and employer signed, or signed for another term. 签订或续订劳动合同。"""
        hiring = await _hiring(request, employment)
        command = SignContract(hiring=hiring, signed_on=body.signed_on, ends_on=body.ends_on, by=acting(request))
        return await request.handle(EMPLOYMENT, hiring.employment, command, reply=answer)

    async def start(self, employment: EmploymentId, body: StartIn, request: CommandRequest) -> Response:
        """The worker starts under the contract. 上岗。"""
        hiring = await _hiring(request, employment)
        command = StartEmployment(hiring=hiring, started_on=body.started_on, by=acting(request))
        return await request.handle(EMPLOYMENT, hiring.employment, command, reply=answer)

    async def confirm(self, employment: EmploymentId, body: MonthIn, request: CommandRequest) -> Response:
        """What was worked and paid in a month; said again, the later counts (R-PLC-02, R-PLC-03). 月度在岗确认。"""
        found = await _known(request, employment)
        return await request.handle(EMPLOYMENT, found.terms.employment, _month(body, request), reply=answer)

    async def confirm_many(self, body: MonthBatchIn, request: CommandRequest) -> Response:
        """Confirms up to 500 months, each for itself, with a verdict each. 批量月度确认，逐条答复。"""
        request.leave_region_to_rules()  # each item has its own
        found = await request.web.store.states(EMPLOYMENT, dict.fromkeys(str(each.employment) for each in body.months))
        return await request.handle_each([self._each(each, found, request) for each in body.months])

    def _each(
        self, body: MonthOfIn, found: Mapping[str, tuple[Employment, int]], request: CommandRequest
    ) -> Each | Problem:
        job, _ = found[str(body.employment)]
        if isinstance(job, Unknown):
            return Problem("not_found")
        try:
            require_own(request, job.terms.employer, job.terms.region)
        except Problem as problem:
            return problem
        return Each(EMPLOYMENT, job.terms.employment, _month(body, request), reply=answer)

    async def end(self, employment: EmploymentId, body: EndIn, request: CommandRequest) -> Response:
        """The worker left the job. 离职。"""
        found = await _known(request, employment)
        command = EndEmployment(
            worker=found.terms.worker, ended_on=body.ended_on, reason=body.reason, by=acting(request)
        )
        return await request.handle(EMPLOYMENT, found.terms.employment, command, reply=answer)

    async def read(self, employment: EmploymentId, request: ApiRequest) -> EmploymentOut:
        """A job with its months. 就业记录与月度在岗。"""
        found = await _known(request, employment)
        _, version = await request.web.store.state(EMPLOYMENT, str(employment))
        return shown(found, version)

    async def listed(
        self,
        request: ApiRequest,
        page: Paged,
        region: Annotated[RegionCode, Query(description="Where the work is. 工作所在行政区划。")],
        worker: Annotated[UUID | None, Query(description="Of this worker. 劳动者编号。")] = None,
        employer: Annotated[CreditCodeText | None, Query(description="At this employer. 用人单位。")] = None,
    ) -> EmploymentPage:
        """Jobs in a region: of a worker, at an employer. 就业台账。"""
        require_own(request, employer or "", region)
        wanted = jobs_in(region, worker=str(worker) if worker else None, employer=employer)
        rows, following = await page.rows(EMPLOYMENTS, wanted, EmploymentTable.region, EmploymentTable.employment)
        return EmploymentPage(employments=rows, next=following)


def _hired(hiring: Hiring, body: EmploymentIn, request: CommandRequest) -> EmploymentCommand:
    match body.begins:
        case ContractIn(signed_on=signed_on, ends_on=ends_on):
            return SignContract(hiring=hiring, signed_on=signed_on, ends_on=ends_on, by=acting(request))
        case StartIn(started_on=started_on):
            return StartEmployment(hiring=hiring, started_on=started_on, by=acting(request))
        case _:
            assert_never(body.begins)


def _month(body: MonthIn, request: CommandRequest) -> ConfirmMonth:
    return ConfirmMonth(month=body.month, days=body.days, wage=body.wage, insured=body.insured, by=acting(request))


async def _known(request: ApiRequest | CommandRequest, employment: UUID) -> Hired | Working | Over:
    """The job, which is there, and is the caller's own or lies in the caller's region. Problem."""
    found, _ = await request.web.store.state(EMPLOYMENT, str(employment))
    if isinstance(found, Unknown):
        raise request.not_there()
    require_own(request, found.terms.employer, found.terms.region)
    return found


async def _hiring(request: CommandRequest, employment: UUID) -> Hiring:
    """What was agreed, once more."""
    terms: Terms = (await _known(request, employment)).terms
    return Hiring(
        employment=terms.employment,
        worker=terms.worker,
        home=terms.home,
        employer=terms.employer,
        region=terms.region,
        occupation=terms.occupation,
        form=terms.form,
        placed=await _placed(request, terms.transfer),
    )


async def _placed(request: CommandRequest, transfer: str | None) -> Placed | None:
    """The transfer with its vacancy, which the rules compare again. Problem where nobody was nominated under it."""
    if transfer is None:
        return None
    reception, _ = await request.web.store.state(RECEPTION, transfer)
    if isinstance(reception, NotNominated):
        raise Problem("transfer_does_not_fit_employment")
    return Placed(transfer=transfer, vacancy=reception.way.vacancy)


def routes(handlers: Routes) -> APIRouter:
    """What changes and shows jobs, by path."""
    found = router()
    post = posts(found, "/v1/employments", "employments", EmploymentAnswer)
    post("", handlers.hire)
    post("/{employment}/contracts", handlers.sign)
    post("/{employment}/start", handlers.start)
    post("/{employment}/months", handlers.confirm)
    post("/{employment}/end", handlers.end)
    found.add_api_route(
        "/v1/month-batches", handlers.confirm_many, methods=["POST"], tags=["employments"], responses={200: BATCH}
    )
    gets: Sequence[tuple[str, Callable[..., object]]] = (
        ("/v1/employments", handlers.listed),
        ("/v1/employments/{employment}", handlers.read),
    )
    for path, handler in gets:
        found.add_api_route(path, handler, methods=["GET"], tags=["employments"])
    return found
