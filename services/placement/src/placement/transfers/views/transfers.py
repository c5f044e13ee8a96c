"""Read model: transfers by side and county: where each stands, since when, and until when it waits.

Where both counties are in one province, a transfer has a row for each side.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias, assert_never

from contracts.region import bounds
from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import Index, Select, select
from sqlmodel import Field, SQLModel, col

from placement.transfers.home import events as home
from placement.transfers.home.state import DROPPED, EXPIRED, REJECTED, WITHDRAWN
from placement.transfers.home.transfer import TRANSFER
from placement.transfers.host import events as host
from placement.transfers.host.reception import RECEPTION
from placement.transfers.way import Way

TRANSFER_CODEC: Final = Codec(TRANSFER.events)
RECEPTION_CODEC: Final = Codec(RECEPTION.events)
HOME: Final = "HOME"
HOST: Final = "HOST"
SideEvent: TypeAlias = home.TransferEvent | host.ReceptionEvent


class TransferRow(SQLModel):
    """`region` is the own side's county. `due`: until when the state waits, where it waits for a day."""

    entry: str = Field(primary_key=True)
    side: str
    transfer: str
    worker: str = Field(index=True)
    vacancy: str
    agreement: str | None
    home: str
    host: str
    region: str
    state: str
    open: bool
    reason: str | None
    since: datetime
    due: datetime | None


NAME: Final = table_name("transfers", __file__, TRANSFER_CODEC, RECEPTION_CODEC)


class TransferTable(TransferRow, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_place", "region", "entry"), {"schema": "views"})


def keys(fact: Fact[SideEvent]) -> Iterable[str]:
    yield f"{_side(fact.event)}/{_way(fact.event).transfer}"


def _side(event: SideEvent) -> str:
    return HOME if event.type.startswith(f"{TRANSFER.category}-") else HOST


def _way(event: SideEvent) -> Way:
    return event.plan.way if isinstance(event, home.TransferProposed | home.TransferNominated) else event.way


def fold(row: TransferRow | None, fact: Fact[SideEvent]) -> TransferRow | None:
    """A state counts from the event that brought it."""
    step = _step(fact.event)
    if not step:
        return row
    row = row or _first(fact.event, fact.occurred_at)
    return row.model_copy(update={"reason": None, "due": None, "since": fact.occurred_at} | step)


def _first(event: SideEvent, since: datetime) -> TransferRow:
    way, side = _way(event), _side(event)
    return TransferRow(
        entry=f"{side}/{way.transfer}",
        side=side,
        transfer=way.transfer,
        worker=way.worker,
        vacancy=way.vacancy,
        agreement=None,
        home=way.home,
        host=way.host,
        region=way.home if side == HOME else way.host,
        state="",
        open=True,
        reason=None,
        since=since,
        due=None,
    )


def _ended(state: str, reason: str | None = None) -> dict[str, Any]:
    return {"state": state, "open": False, "reason": reason}


def _step(event: SideEvent) -> dict[str, Any]:
    if isinstance(event, home.TransferEvent):
        return _step_at_home(event)
    return _step_at_host(event)


def _step_at_home(event: home.TransferEvent) -> dict[str, Any]:
    match event:
        case home.TransferProposed(plan=plan):
            return {"state": "PROPOSED", "agreement": plan.agreement}
        case home.TransferNominated(plan=plan):
            return {"state": "NOMINATED", "due": plan.answer_until}
        case home.TransferConfirmed(dispatch_until=until):
            return {"state": "CONFIRMED", "due": until}
        case home.TransferDispatched(arrive_until=until):
            return {"state": "DISPATCHED", "due": until}
        case home.TransferArrived():
            return {"state": "ARRIVED"}
        case home.TransferDropped(reason=reason):
            return _ended(DROPPED, reason)
        case home.TransferRejected(reason=reason):
            return _ended(REJECTED, reason)
        case home.TransferWithdrawn(reason=reason):
            return _ended(WITHDRAWN, reason)
        case home.TransferExpired(waited_for=waited_for):
            return _ended(EXPIRED, waited_for)
        case home.TransferMissed():
            return _ended("NOT_ARRIVED")
        case home.TransferReturned(reason=reason):
            return _ended("RETURNED", reason)
        case home.TransferCompleted():
            return _ended("EMPLOYED")
        case home.TransferTooLate() | home.TransferLetGo():
            return {}
        case _:
            assert_never(event)


def _step_at_host(event: host.ReceptionEvent) -> dict[str, Any]:
    match event:
        case host.NominationReceived(offer=offer):
            return {"state": "NOMINATED", "agreement": offer.agreement, "due": offer.answer_until}
        case host.SeatAsked():
            return {"state": "SEAT_ASKED"}
        case host.ReceptionAccepted():
            return {"state": "ACCEPTED"}
        case host.ReceptionConfirmed(dispatch_until=until):
            return {"state": "CONFIRMED", "due": until}
        case host.WorkerExpected(arrive_until=until):
            return {"state": "DISPATCHED", "due": until}
        case host.WorkerArrived():
            return {"state": "ARRIVED"}
        case host.ReceptionRejected(reason=reason):
            return _ended(REJECTED, reason)
        case host.ReceptionClosed(ending=ending):
            return _ended(ending)
        case host.WorkerNotArrived():
            return _ended("NOT_ARRIVED")
        case host.WorkerReturned(reason=reason):
            return _ended("RETURNED", reason)
        case host.WorkerEmployed():
            return _ended("EMPLOYED")
        case _:
            assert_never(event)


TRANSFERS: Final = View(
    row=TransferRow, table=TransferTable, keys=keys, fold=fold, own=(TRANSFER_CODEC, RECEPTION_CODEC)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which transfers; None: any."""

    region: str
    side: str | None = None
    state: str | None = None
    worker: str | None = None
    only_open: bool = True


def transfers(wanted: Wanted) -> Select[Any]:
    """Those that are wanted; by entry they are in the order in which they were proposed."""
    asked = {
        col(TransferTable.side): wanted.side,
        col(TransferTable.state): wanted.state,
        col(TransferTable.worker): wanted.worker,
        col(TransferTable.open): wanted.only_open or None,
    }
    equal = [column == value for column, value in asked.items() if value is not None]
    return select(TRANSFERS.definition).where(col(TransferTable.region).between(*bounds(wanted.region)), *equal)
