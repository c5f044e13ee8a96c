"""Routes of trainee lists: published by an office, confirmed by each receiver, shown with what is late."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from contracts.public_event import EntityId
from contracts.region import RegionCode
from contracts.worker import ListReceiverCode
from eventcore.clock import Clock, legal_day
from eventcore.ids import new_id
from eventcore.web import ApiRequest, Body, CommandRequest, Paged, example, posts, router
from eventcore.web.acting import dated
from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from registry.trainee_lists.events import Receiver
from registry.trainee_lists.trainee_list import TRAINEE_LIST, ConfirmReceipt, Published, PublishList, TraineeList, known
from registry.trainee_lists.views.lists import LISTS, ListRow, ListTable, published_in
from registry.workers.bodies import Plan

INSTITUTION = "institution"
"""The kind of office that sees only what it was given."""
ListId = Annotated[UUID, Path(description="Id of the list. 名单编号。")]


class ReceiverIn(Body):
    """Who gets the list. 接收单位。"""

    kind: ListReceiverCode
    organisation: EntityId


class TraineeListIn(Body):
    """Who is designated under the plan, and who gets the list. The order follows from the priorities. 培训对象名单。"""

    model_config = example(
        {
            "region": "520526",
            "plan": "520000-2026",
            "trainees": ["0190a1b2-0000-7000-8000-000000000001", "0190a1b2-0000-7000-8000-000000000002"],
            "receivers": [
                {"kind": "LABOUR_DEPARTMENT", "organisation": "520526-hrss"},
                {"kind": "TRAINING_INSTITUTION", "organisation": "12520000MA6DT1234P"},
            ],
        }
    )

    region: RegionCode
    plan: Plan
    trainees: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=500)]
    receivers: Annotated[tuple[ReceiverIn, ...], Field(min_length=2, max_length=50)]


class ReceiptOut(BaseModel):
    """A receiver, and since when it has confirmed or been waited for. 接收情况。"""

    kind: str
    organisation: str
    received_on: date | None
    open_days: int | None
    late: bool


class TraineeListOut(BaseModel):
    """A list without personal data. 培训对象名单（不含个人信息）。"""

    trainee_list: str
    region: str
    plan: str
    trainees: int
    published_on: date
    due_on: date
    receipts: list[ReceiptOut]


class TraineeListWhole(TraineeListOut):
    """The list with its trainees, in the order in which they come. 名单及人员编号。"""

    version: int
    workers: list[str]


class TraineeListPage(BaseModel):
    """Lists, and the cursor of the next page where there may be one."""

    lists: list[TraineeListOut]
    next: str | None


class TraineeListAnswer(BaseModel):
    """What a command on a list answers. 名单编号与版本。"""

    trainee_list: str
    version: int


def answer(found: TraineeList, version: int) -> Mapping[str, object]:
    return {"trainee_list": known(found).trainee_list, "version": version}


def _receipt(kind: str, organisation: str, received: date | None, published: date, due: date, day: date) -> ReceiptOut:
    return ReceiptOut(
        kind=kind,
        organisation=organisation,
        received_on=received,
        open_days=(day - published).days if received is None else None,
        late=(received or day) > due,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need. `receipt_days`: within how many days receivers confirm."""

    clock: Clock
    receipt_days: int
    mint: Callable[[], str] = new_id

    async def publish(self, body: TraineeListIn, request: CommandRequest) -> Response:
        """Gives the list to the labour department and the institutions (R-REG-06). 发布培训对象名单。"""
        request.require_region(body.region)
        key, acts = self.mint(), dated(request, self.clock)
        command = PublishList(
            trainee_list=key,
            region=body.region,
            plan=body.plan,
            trainees=tuple(dict.fromkeys(str(each) for each in body.trainees)),
            receivers=tuple(Receiver(kind=each.kind, organisation=each.organisation) for each in body.receivers),
            due_on=acts["today"] + timedelta(days=self.receipt_days),
            **acts,
        )
        return await request.handle(TRAINEE_LIST, key, command, reply=answer)

    async def confirm(self, trainee_list: ListId, request: CommandRequest) -> Response:
        """The caller's organisation confirms that it has the list (R-REG-06). 确认收到名单。"""
        found, _ = await _found(request, str(trainee_list))
        by = request.caller
        if all(each.organisation != by.organisation for each in found.receivers):
            request.require_region(found.region)  # else it is told that there is such a list
        request.leave_region_to_rules()
        command = ConfirmReceipt(receiver=by.organisation, by=by.subject, today=legal_day(self.clock))
        return await request.handle(TRAINEE_LIST, str(trainee_list), command, reply=answer)

    async def read(self, trainee_list: ListId, request: ApiRequest) -> Response:
        """A list with its trainees, for its receivers and the offices of its region. 一份名单。"""
        found, version = await _found(request, str(trainee_list))
        _require_reader(request, found)
        shown = TraineeListWhole(
            trainee_list=found.trainee_list,
            version=version,
            region=found.region,
            plan=found.plan,
            trainees=len(found.trainees),
            workers=list(found.trainees),
            published_on=found.published_on,
            due_on=found.due_on,
            receipts=self._receipts(found),
        )
        return Response(shown.model_dump_json(), media_type="application/json", headers={"ETag": f'"{version}"'})

    def _receipts(self, found: Published) -> list[ReceiptOut]:
        received, day = dict(found.received), legal_day(self.clock)
        return [
            _receipt(
                each.kind,
                each.organisation,
                received.get(each.organisation),
                found.published_on,
                found.due_on,
                day,
            )
            for each in found.receivers
        ]

    async def lists(
        self,
        request: ApiRequest,
        page: Paged,
        region: Annotated[RegionCode, Query(description="A county, prefecture or province. 行政区划代码。")],
        only_open: Annotated[bool, Query(description="Those that somebody has not confirmed. 仅未确认。")] = False,
    ) -> TraineeListPage:
        """Lists of a region, with the receipts that are open, their age, and what is late. 名单及接收情况。"""
        receiver = request.caller.organisation if request.caller.office == INSTITUTION else None
        if receiver is None:
            request.require_region(region)
        request.leave_region_to_rules()
        wanted = published_in(region, receiver, only_open)
        rows, following = await page.rows(LISTS, wanted, ListTable.region, ListTable.trainee_list)
        return TraineeListPage(lists=[self._out(row) for row in rows], next=following)

    def _out(self, row: ListRow) -> TraineeListOut:
        day = legal_day(self.clock)
        return TraineeListOut(
            trainee_list=row.trainee_list,
            region=row.region,
            plan=row.plan,
            trainees=row.trainees,
            published_on=row.published_on,
            due_on=row.due_on,
            receipts=[
                _receipt(kind, organisation, received, row.published_on, row.due_on, day)
                for kind, organisation, received in zip(row.kinds, row.receivers, row.received, strict=True)
            ],
        )


async def _found(request: ApiRequest | CommandRequest, key: str) -> tuple[Published, int]:
    found, version = await request.web.store.state(TRAINEE_LIST, key)
    if not isinstance(found, Published):
        raise request.not_there()
    return found, version


def _require_reader(request: ApiRequest, found: Published) -> None:
    """A receiver, or an office of the region that is no institution."""
    if any(each.organisation == request.caller.organisation for each in found.receivers):
        request.leave_region_to_rules()
        return
    if request.caller.office == INSTITUTION:
        raise request.not_there()
    request.require_region(found.region)


def routes(handlers: Routes) -> APIRouter:
    """What publishes, confirms and shows lists, by path."""
    found = router()
    post = posts(found, "/v1/trainee-lists", "trainees", TraineeListAnswer)
    post("", handlers.publish)
    post("/{trainee_list}/receipt", handlers.confirm)
    found.add_api_route("/v1/trainee-lists", handlers.lists, methods=["GET"], tags=["trainees"])
    found.add_api_route(
        "/v1/trainee-lists/{trainee_list}",
        handlers.read,
        methods=["GET"],
        tags=["trainees"],
        response_model=TraineeListWhole,
    )
    return found
