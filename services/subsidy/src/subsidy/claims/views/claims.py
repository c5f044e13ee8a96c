"""Read model: claims by place, kind and standing, with how long they wait and what is overdue (R-ADD-13)."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, assert_never

from contracts.region import bounds
from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import ARRAY, Index, Select, String, select
from sqlmodel import Field, SQLModel, col

from subsidy.claims.claim import CLAIM
from subsidy.claims.events import (
    AppealDecided,
    AppealFiled,
    ClaimAdjusted,
    ClaimDecided,
    ClaimEvent,
    ClaimHeld,
    ClaimHoldEnded,
    ClaimOpened,
    ClaimReady,
    ClaimWaits,
    ReservationAnswered,
    ReservationAsked,
    ReservationGivenUp,
    ReservationHeld,
    ReservationYielded,
)
from subsidy.claims.room_events import RoomAsked, RoomTaken, RoomTold

CODEC: Final = Codec(CLAIM.events)
CLOSED: Final = ("APPROVED", "REFUSED")


class ClaimRow(SQLModel):
    """`state`: WAITING, READY, HELD, APPROVED or REFUSED."""

    claim: str = Field(primary_key=True)
    kind: str
    worker: str = Field(index=True)
    region: str
    about: str
    state: str
    missing: list[str] = Field(sa_type=ARRAY(String))
    opened_on: date
    since: date
    """Since when it waits or is ready, or when it was decided."""
    due_on: date | None
    """By when it has to be decided; None while something is missing."""
    amount: int
    fund: str | None
    pack: str | None
    decided_on: date | None
    handler: str | None
    held: bool
    adjusted: int
    """How often it was decided again."""
    appeal: str | None
    """OPEN, UPHELD or REJECTED."""


NAME: Final = table_name("claims", __file__, CODEC)


class ClaimTable(ClaimRow, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_place", "region", "claim"), {"schema": "views"})


def keys(fact: Fact[ClaimEvent]) -> Iterable[str]:
    yield fact.event.claim


def fold(row: ClaimRow | None, fact: Fact[ClaimEvent]) -> ClaimRow | None:
    event = fact.event
    if isinstance(event, ClaimOpened):
        return _opened(event)
    return row and row.model_copy(update=_changes(row, event))


def _opened(event: ClaimOpened) -> ClaimRow:
    return ClaimRow(
        claim=event.claim,
        kind=event.kind,
        worker=event.worker,
        region=event.region,
        about=event.about,
        state="WAITING",
        missing=[],
        opened_on=event.opened_on,
        since=event.opened_on,
        due_on=None,
        amount=0,
        fund=None,
        pack=None,
        decided_on=None,
        handler=None,
        held=False,
        adjusted=0,
        appeal=None,
    )


def _changes(row: ClaimRow, event: ClaimEvent) -> dict[str, Any]:
    match event:
        case ClaimWaits():
            return _standing(row, "WAITING", event) | {"missing": list(event.missing), "due_on": None}
        case ClaimReady():
            return _standing(row, "READY", event) | {"missing": [], "due_on": event.due_on, "pack": event.pack}
        case ClaimHeld():
            return {"held": True, "state": "HELD"}
        case ClaimHoldEnded():
            return {"held": False, "state": "WAITING" if row.missing else "READY"}
        case ClaimDecided():
            return _decided(event) | {"handler": event.handler}
        case ClaimAdjusted():
            return _decided(event) | {"adjusted": row.adjusted + 1}
        case AppealFiled():
            return {"appeal": "OPEN"}
        case AppealDecided(outcome=outcome):
            return {"appeal": outcome}
        case (
            ClaimOpened()
            | ReservationAsked()
            | ReservationAnswered()
            | ReservationHeld()
            | ReservationGivenUp()
            | ReservationYielded()
            | RoomAsked()
            | RoomTold()
            | RoomTaken()
        ):
            return {}
        case _:
            assert_never(event)


def _standing(row: ClaimRow, state: str, event: ClaimWaits | ClaimReady) -> dict[str, Any]:
    return {"state": "HELD" if row.held else state, "region": event.region, "since": event.since}


def _decided(event: ClaimDecided | ClaimAdjusted) -> dict[str, Any]:
    return {
        "state": event.outcome,
        "region": event.region,
        "since": event.decided_on,
        "amount": event.amount,
        "fund": event.fund,
        "pack": event.explanation.pack,
        "decided_on": event.decided_on,
        "missing": [],
    }


CLAIMS: Final = View(row=ClaimRow, table=ClaimTable, keys=keys, fold=fold, own=(CODEC,))


def queued(region: str, kind: str | None, state: str | None, overdue_on: date | None) -> Select[Any]:
    """Claims of a region. `overdue_on`: only what is not decided and was due before that day."""
    asked = {col(ClaimTable.kind): kind, col(ClaimTable.state): state}
    equal = [column == value for column, value in asked.items() if value is not None]
    late = [col(ClaimTable.state).not_in(CLOSED), col(ClaimTable.due_on) < overdue_on] if overdue_on else []
    return select(CLAIMS.definition).where(col(ClaimTable.region).between(*bounds(region)), *equal, *late)


def of_worker(worker: str, limit: int) -> Select[Any]:
    """All claims of a worker, the newest last."""
    found: Select[Any] = select(CLAIMS.definition).where(col(ClaimTable.worker) == worker)
    return found.order_by(col(ClaimTable.opened_on), col(ClaimTable.claim)).limit(limit)
