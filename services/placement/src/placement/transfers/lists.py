"""The route that lists transfers, with how long each has been waiting."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from contracts.region import RegionCode
from eventcore.clock import CLOCK
from eventcore.web import ApiRequest, Paged, router
from fastapi import Query
from pydantic import BaseModel, Field

from placement.transfers.views.transfers import TRANSFERS, TransferRow, TransferTable, Wanted, transfers


class TransferLine(BaseModel):
    """One side of a transfer. 一方的输送记录。"""

    side: str
    transfer: str
    worker: str
    vacancy: str
    agreement: str | None
    home: str
    host: str
    state: str
    open: bool
    reason: str | None
    since: datetime
    due: Annotated[datetime | None, Field(description="Until when the state waits. 期限")]
    waiting_seconds: Annotated[int | None, Field(description="Since the state began, while it is open. 已等待秒数")]


class TransferPage(BaseModel):
    """Transfers, and the cursor of the next page where there may be one."""

    transfers: list[TransferLine]
    next: str | None


listed = router()


@listed.get("/v1/transfers", tags=["transfers"])
async def list_transfers(
    request: ApiRequest,
    page: Paged,
    region: Annotated[RegionCode, Query(description="County, prefecture or province of the side. 行政区划代码。")],
    side: Annotated[Literal["HOME", "HOST"] | None, Query(description="Sending or receiving. 输出或接收。")] = None,
    state: Annotated[
        str | None, Query(pattern=r"^[A-Z_]{1,20}$", description="Code of transfer-states. 状态。")
    ] = None,
    worker: Annotated[UUID | None, Query(description="Of this worker. 劳动者编号。")] = None,
    only_open: Annotated[bool, Query(description="Those that are not over. 仅未结束。")] = True,
) -> TransferPage:
    """Transfers of a region by side, where each stands, and how long it waits (R-XRG-18). 输送情况及等待时间。"""
    request.require_region(region)
    wanted = Wanted(region=region, side=side, state=state, worker=str(worker) if worker else None, only_open=only_open)
    rows, following = await page.rows(TRANSFERS, transfers(wanted), TransferTable.entry)
    return TransferPage(transfers=[_line(row) for row in rows], next=following)


def _line(row: TransferRow) -> TransferLine:
    waiting = int((CLOCK.now() - row.since).total_seconds()) if row.open else None
    return TransferLine(**row.model_dump(exclude={"entry", "region"}), waiting_seconds=waiting)
