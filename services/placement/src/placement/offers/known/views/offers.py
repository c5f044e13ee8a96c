"""Read model: vacancies of this province and those that others share with it, by place (R-PLC-13, R-XRG-12)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, assert_never

from contracts.region import bounds
from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import BigInteger, ColumnElement, Index, Select, select
from sqlmodel import Field, SQLModel, col

from placement.offers.known.events import OfferClosed, OfferEvent, OfferFilled, OfferNoted
from placement.offers.known.offer import OFFER

CODEC: Final = Codec(OFFER.events)
OPEN: Final = "OPEN"
FILLED: Final = "FILLED"
CLOSED: Final = "CLOSED"


class OfferRow(SQLModel):
    """Wages are in fen a month."""

    vacancy: str = Field(primary_key=True)
    province: str
    employer: str
    kind: str
    occupation: str
    level: str
    certificate_needed: bool
    region: str
    heads: int
    wage_from: int = Field(sa_type=BigInteger)
    wage_to: int = Field(sa_type=BigInteger)
    open_until: date
    agreement: str | None
    state: str


NAME: Final = table_name("offers", __file__, CODEC)


class OfferTable(OfferRow, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_place", "region", "vacancy"), {"schema": "views"})


def keys(fact: Fact[OfferEvent]) -> Iterable[str]:
    yield fact.event.vacancy


def fold(row: OfferRow | None, fact: Fact[OfferEvent]) -> OfferRow | None:
    match fact.event:
        case OfferNoted() as told:
            return _row(told)
        case OfferFilled():
            return row and row.model_copy(update={"state": FILLED})
        case OfferClosed():
            return row and row.model_copy(update={"state": CLOSED})
        case _:
            assert_never(fact.event)


def _row(told: OfferNoted) -> OfferRow:
    return OfferRow(
        vacancy=told.vacancy,
        province=told.province,
        employer=told.employer,
        kind=told.kind,
        occupation=told.occupation,
        level=told.level,
        certificate_needed=told.certificate_needed,
        region=told.region,
        heads=told.heads,
        wage_from=told.wage_from,
        wage_to=told.wage_to,
        open_until=told.open_until,
        agreement=told.agreement,
        state=OPEN,
    )


OFFERS: Final = View(row=OfferRow, table=OfferTable, keys=keys, fold=fold, own=(CODEC,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which vacancies; None: any."""

    region: str | None = None
    """Where the work is."""
    kind: str | None = None
    occupations: Sequence[str] | None = None
    """In every edition."""
    state: str | None = None
    agreement: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """As parts of a statement."""
        asked = {
            col(OfferTable.kind): self.kind,
            col(OfferTable.state): self.state,
            col(OfferTable.agreement): self.agreement,
        }
        found = [column == value for column, value in asked.items() if value is not None]
        if self.region is not None:
            found.append(col(OfferTable.region).between(*bounds(self.region)))
        if self.occupations is not None:
            found.append(col(OfferTable.occupation).in_(self.occupations))
        return found


def offers(wanted: Wanted) -> Select[Any]:
    """Those that are wanted."""
    return select(OFFERS.definition).where(*wanted.conditions())
