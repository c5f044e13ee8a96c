"""Read model: certificates by worker, place, assessment and class, with what happened to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, assert_never

from contracts.region import bounds
from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import ARRAY, BigInteger, ColumnElement, Date, Index, Select, String, select
from sqlmodel import Field, SQLModel, col

from certification.certificates.certificate import CERTIFICATE
from certification.certificates.events import (
    CertificateEvent,
    CertificateIssued,
    CertificateReinstated,
    CertificateRevoked,
    CertificateSuspended,
)
from certification.certificates.status import Status

CODEC: Final = Codec(CERTIFICATE.events)


class CertificateRow(SQLModel):
    """The arrays belong together, one place a mark, in the order in which they were made."""

    certificate: str = Field(primary_key=True)
    number: str
    worker: str
    kind: str
    occupation: str
    level: str
    issued_on: date
    valid_until: date | None
    region: str
    assessment: str
    body: str
    training_class: str | None
    standard_fee: int = Field(sa_type=BigInteger)
    charged_fee: int = Field(sa_type=BigInteger)
    marks: list[str] = Field(sa_type=ARRAY(String))
    marked_on: list[date] = Field(sa_type=ARRAY(Date))
    reasons: list[str] = Field(sa_type=ARRAY(String))


NAME: Final = table_name("certificates", __file__, CODEC)


class CertificateTable(CertificateRow, table=True):
    __tablename__ = NAME
    __table_args__ = (
        Index(f"{NAME}_worker", "worker"),
        Index(f"{NAME}_place", "region", "certificate"),
        Index(f"{NAME}_assessment", "assessment"),
        Index(f"{NAME}_class", "training_class"),
        {"schema": "views"},
    )


def keys(fact: Fact[CertificateEvent]) -> Iterable[str]:
    yield fact.event.certificate


def fold(row: CertificateRow | None, fact: Fact[CertificateEvent]) -> CertificateRow | None:
    match fact.event:
        case CertificateIssued() as issued:
            return _issued(issued)
        case CertificateSuspended(suspended_on=day, reason=reason):
            return row and _marked(row, Status.SUSPENDED, day, reason)
        case CertificateReinstated(reinstated_on=day):
            return row and _marked(row, Status.HOLDS, day, "")
        case CertificateRevoked(revoked_on=day, reason=reason):
            return row and _marked(row, Status.REVOKED, day, reason)
        case _:
            assert_never(fact.event)


def _issued(event: CertificateIssued) -> CertificateRow:
    return CertificateRow(
        certificate=event.certificate,
        number=event.number,
        worker=event.worker,
        kind=event.kind,
        occupation=event.occupation,
        level=event.level,
        issued_on=event.issued_on,
        valid_until=event.valid_until,
        region=event.region,
        assessment=event.assessment,
        body=event.body,
        training_class=event.training_class,
        standard_fee=event.standard_fee,
        charged_fee=event.charged_fee,
        marks=[],
        marked_on=[],
        reasons=[],
    )


def _marked(row: CertificateRow, status: Status, day: date, reason: str) -> CertificateRow:
    return row.model_copy(
        update={
            "marks": [*row.marks, status.value],
            "marked_on": [*row.marked_on, day],
            "reasons": [*row.reasons, reason],
        }
    )


CERTIFICATES: Final = View(row=CertificateRow, table=CertificateTable, keys=keys, fold=fold, own=(CODEC,))


def of_workers(workers: Sequence[str]) -> Select[Any]:
    """All that these ids hold or held, by their day."""
    found: Select[Any] = select(CERTIFICATES.definition).where(col(CertificateTable.worker).in_(workers))
    return found.order_by(col(CertificateTable.issued_on), col(CertificateTable.certificate)).limit(500)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which certificates; None: any."""

    region: str
    assessment: str | None = None
    training_class: str | None = None
    level: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """As parts of a statement."""
        first, last = bounds(self.region)
        asked = {
            col(CertificateTable.assessment): self.assessment,
            col(CertificateTable.training_class): self.training_class,
            col(CertificateTable.level): self.level,
        }
        equal = [column == value for column, value in asked.items() if value is not None]
        return [col(CertificateTable.region).between(first, last), *equal]


def issued(wanted: Wanted) -> Select[Any]:
    """Those that are wanted."""
    return select(CERTIFICATES.definition).where(*wanted.conditions())
