"""Routes of the duty to place: delegated by the trainer, and listed until it is fulfilled."""

from collections.abc import Mapping
from typing import Annotated, Final
from uuid import UUID

from contracts.credit_code import CreditCodeText
from contracts.documents import Reference
from contracts.employment_codes import DelegateKindCode
from contracts.region import RegionCode
from eventcore.clock import legal_day
from eventcore.web import ApiRequest, Body, CommandRequest, Paged, Problem, example, posts, router
from eventcore.web.acting import acting
from fastapi import APIRouter, Path, Query
from pydantic import BaseModel
from starlette.responses import Response

from placement.jobs.duties.duty import DUTY, Delegate, Duties
from placement.jobs.duties.views.duties import DUTIES, DutyRow, DutyTable, owed_in

INSTITUTION: Final = "institution"
"""The kind of office whose organisation is a trainer, by its credit code."""


class DelegationIn(Body):
    """Who looks for work in the trainer's place (R-PLC-05, R-PLC-28). 委托安置。"""

    model_config = example({"delegate": "91520526MA000007L5", "kind": "LABOUR_EXPORT", "evidence": "委托书〔2026〕4号"})

    delegate: CreditCodeText
    kind: DelegateKindCode
    evidence: Reference


class DutyAnswer(BaseModel):
    """What a command on a duty answers. 受托单位与版本。"""

    delegates: dict[str, str]
    version: int


class DutyOut(DutyRow):
    """A duty that is not fulfilled, and since how many days. 未履行的安置责任及天数。"""

    days: int


class DutyPage(BaseModel):
    """Duties, and the cursor of the next page where there may be one."""

    duties: list[DutyOut]
    next: str | None


def answer(found: Duties, version: int) -> Mapping[str, object]:
    delegates = {each: duty.delegate for each, duty in found.by_class.items() if duty.delegate}
    return {"delegates": delegates, "version": version}


async def delegate(
    worker: Annotated[UUID, Path(description="Id of the worker. 劳动者编号。")],
    training_class: Annotated[UUID, Path(description="Id of the class. 班级编号。")],
    body: DelegationIn,
    request: CommandRequest,
) -> Response:
    """The trainer has another organisation look for work for a graduate (R-PLC-05, R-PLC-28). 委托安置就业。"""
    found, _ = await request.web.store.state(DUTY, str(worker))
    duty = found.by_class.get(str(training_class))
    if duty is None:
        raise request.not_there()
    _require_own(request, duty.institution, duty.region)
    command = Delegate(
        worker=str(worker),
        training_class=str(training_class),
        delegate=body.delegate,
        kind=body.kind,
        evidence=body.evidence,
        by=acting(request),
    )
    return await request.handle(DUTY, command.worker, command, reply=answer)


async def list_duties(
    request: ApiRequest,
    page: Paged,
    region: Annotated[RegionCode, Query(description="Where the class was held. 培训所在行政区划。")],
    institution: Annotated[CreditCodeText | None, Query(description="Of this trainer. 培训机构。")] = None,
) -> DutyPage:
    """Graduates whom nobody has found work for, with the days since their class (R-PLC-04, R-PLC-06).
    培训后尚未就业的学员。"""
    _require_own(request, institution or "", region)
    rows, following = await page.rows(DUTIES, owed_in(region, institution), DutyTable.id)
    shown = [DutyOut(**row.model_dump(), days=(legal_day() - row.ended_on).days) for row in rows]
    return DutyPage(duties=shown, next=following)


def _require_own(request: ApiRequest | CommandRequest, institution: str, region: str) -> None:
    """A trainer acts for itself; every other office in its region. Problem."""
    if request.caller.office != INSTITUTION:
        request.require_region(region)
        return
    request.leave_region_to_rules()
    if request.caller.organisation != institution:
        raise Problem("not_found")


def routes() -> APIRouter:
    """What changes and shows duties, by path."""
    found = router()
    post = posts(found, "/v1/workers/{worker}/", "placement-duties", DutyAnswer)
    post("placement-duties/{training_class}/delegation", delegate)
    found.add_api_route("/v1/placement-duties", list_duties, methods=["GET"], tags=["placement-duties"])
    return found
