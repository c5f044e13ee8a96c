"""Read model: the sides of agreements by the region that speaks for them, and how they stand."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, assert_never

from contracts.region import bounds
from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import Index, Select, select
from sqlmodel import Field, SQLModel, col

from placement.offers.agreements.agreement import AGREEMENT
from placement.offers.agreements.events import (
    AgreementEnded,
    AgreementEvent,
    AgreementProposed,
    AgreementSigned,
    EndNoted,
    PlaceFreed,
    PlaceRefused,
    PlaceUsed,
    ProposalNoted,
    SignatureNoted,
    Terms,
)
from placement.offers.agreements.state import region_of, side_key

CODEC: Final = Codec(AGREEMENT.events)


class AgreementRow(SQLModel):
    """`region` is the side's own; `partner` signs for the host, where there is one."""

    id: str = Field(primary_key=True)
    agreement: str
    side: str
    region: str
    kind: str
    home: str
    host: str
    partner: str | None
    quota: int
    used: int
    valid_from: date
    valid_to: date
    state: str


NAME: Final = table_name("agreements", __file__, CODEC)


class AgreementTable(AgreementRow, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_place", "region", "id"), {"schema": "views"})


def keys(fact: Fact[AgreementEvent]) -> Iterable[str]:
    yield fact.stream.removeprefix(f"{AGREEMENT.category}-")


def fold(row: AgreementRow | None, fact: Fact[AgreementEvent]) -> AgreementRow | None:
    match fact.event:
        case AgreementProposed(agreement=agreement, side=side, terms=terms):
            return _row(agreement, side, terms, "PROPOSED")
        case ProposalNoted(agreement=agreement, side=side, terms=terms):
            return _row(agreement, side, terms, "OFFERED")
        case AgreementSigned() | SignatureNoted():
            return row and row.model_copy(update={"state": "IN_FORCE"})
        case AgreementEnded() | EndNoted():
            return row and row.model_copy(update={"state": "ENDED"})
        case PlaceUsed():
            return row and row.model_copy(update={"used": row.used + 1})
        case PlaceFreed():
            return row and row.model_copy(update={"used": row.used - 1})
        case PlaceRefused():
            return row
        case _:
            assert_never(fact.event)


def _row(agreement: str, side: str, terms: Terms, state: str) -> AgreementRow:
    return AgreementRow(
        id=side_key(agreement, side),
        agreement=agreement,
        side=side,
        region=region_of(terms, side),
        kind=terms.kind,
        home=terms.home,
        host=terms.host,
        partner=terms.partner,
        quota=terms.quota,
        used=0,
        valid_from=terms.valid_from,
        valid_to=terms.valid_to,
        state=state,
    )


AGREEMENTS: Final = View(row=AgreementRow, table=AgreementTable, keys=keys, fold=fold, own=(CODEC,))


def agreements_of(region: str) -> Select[Any]:
    """Sides for which an office in the region speaks."""
    return select(AGREEMENTS.definition).where(col(AgreementTable.region).between(*bounds(region)))
