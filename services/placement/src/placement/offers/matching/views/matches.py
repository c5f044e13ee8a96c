"""Read model: what was proposed to whom, why, and what the worker said."""

from collections.abc import Iterable
from typing import Any, Final, assert_never

from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import ARRAY, Index, Select, String, select
from sqlmodel import Field, SQLModel, col

from placement.offers.known.views.offers import OPEN, OfferTable
from placement.offers.matching.events import MatchAccepted, MatchDeclined, MatchingEvent, MatchingRun, MatchProposed
from placement.offers.matching.matching import MATCHING

CODEC: Final = Codec(MATCHING.events)
PROPOSED: Final = "PROPOSED"
ACCEPTED: Final = "ACCEPTED"
DECLINED: Final = "DECLINED"


class MatchRow(SQLModel):
    id: str = Field(primary_key=True)
    run: str
    worker: str
    vacancy: str
    region: str
    points: int
    reasons: list[str] = Field(sa_type=ARRAY(String))
    state: str
    declined_for: str | None


NAME: Final = table_name("matches", __file__, CODEC)


class MatchTable(MatchRow, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_worker", "worker", "id"), {"schema": "views"})


def keys(fact: Fact[MatchingEvent]) -> Iterable[str]:
    if not isinstance(fact.event, MatchingRun):
        yield f"{fact.event.run}/{fact.event.worker}"


def fold(row: MatchRow | None, fact: Fact[MatchingEvent]) -> MatchRow | None:
    match fact.event:
        case MatchProposed() as proposed:
            return MatchRow(
                id=f"{proposed.run}/{proposed.worker}",
                run=proposed.run,
                worker=proposed.worker,
                vacancy=proposed.vacancy,
                region=proposed.region,
                points=proposed.points,
                reasons=[each.reason for each in proposed.reasons],
                state=PROPOSED,
                declined_for=None,
            )
        case MatchAccepted():
            return row and row.model_copy(update={"state": ACCEPTED})
        case MatchDeclined(reason=reason):
            return row and row.model_copy(update={"state": DECLINED, "declined_for": reason})
        case MatchingRun():
            return row
        case _:
            assert_never(fact.event)


MATCHES: Final = View(row=MatchRow, table=MatchTable, keys=keys, fold=fold, own=(CODEC,))


def matches_of(worker: str) -> Select[Any]:
    """The newest first: ids of runs rise with time."""
    found: Select[Any] = select(MATCHES.definition).where(col(MatchTable.worker) == worker)
    return found.order_by(col(MatchTable.id).desc()).limit(200)


def spoken_for() -> Select[Any]:
    """Workers who have a proposal that they did not decline, for a vacancy that is still open."""
    still_open = select(col(OfferTable.vacancy)).where(col(OfferTable.state) == OPEN)
    found: Select[Any] = select(col(MatchTable.worker))
    return found.where(col(MatchTable.state) != DECLINED, col(MatchTable.vacancy).in_(still_open))
