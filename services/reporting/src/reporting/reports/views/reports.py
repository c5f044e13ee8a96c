"""Read model of reports: one row a report, with its numbers as frozen and after each restatement."""

from collections.abc import Iterable
from datetime import date
from typing import Final, assert_never

import msgspec
from eventcore.codec import Codec
from eventcore.facts import Fact
from eventcore.readers import View, table_name
from sqlalchemy import ARRAY, String
from sqlmodel import Field, SQLModel

from reporting.reports.events import DifferencesListed, Number, ReportEvent, ReportFrozen, ReportRestated, Row
from reporting.reports.report import REPORT

CODEC: Final = Codec(REPORT.events)


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers as they were frozen (0) or restated."""

    restatement: int
    known_at: int
    settled_on: date
    digest: str
    signature: str
    differences: int
    numbers: tuple[Number, ...]
    rows: tuple[Row, ...]


class ReportRow(SQLModel):
    report: str = Field(primary_key=True)
    kind: str
    region: str = Field(index=True)
    name: str
    period: str
    as_of: date
    due_on: date
    frozen_on: date
    recipients: list[str] = Field(sa_type=ARRAY(String))
    incarnation: str
    by: str
    organisation: str
    versions: list[str] = Field(sa_type=ARRAY(String))
    """Each a `Version` as JSON, the oldest first."""


class ReportTable(ReportRow, table=True):
    __tablename__ = table_name("reports", __file__, CODEC)
    __table_args__ = {"schema": "views"}


def keys(fact: Fact[ReportEvent]) -> Iterable[str]:
    yield fact.event.report


def fold(row: ReportRow | None, fact: Fact[ReportEvent]) -> ReportRow | None:
    """A stream is a row: its facts come in order."""
    match fact.event:
        case ReportFrozen():
            return _frozen(fact.event)
        case ReportRestated():
            return row and row.model_copy(update={"versions": [*row.versions, _restated(fact.event)]})
        case DifferencesListed():
            return row
        case _:
            assert_never(fact.event)


def _frozen(event: ReportFrozen) -> ReportRow:
    version = Version(
        restatement=0,
        known_at=event.known_at,
        settled_on=event.frozen_on,
        digest=event.digest,
        signature=event.signature,
        differences=0,
        numbers=event.numbers,
        rows=event.rows,
    )
    return ReportRow(
        report=event.report,
        kind=event.kind,
        region=event.region,
        name=event.name,
        period=event.period,
        as_of=event.as_of,
        due_on=event.due_on,
        frozen_on=event.frozen_on,
        recipients=list(event.recipients),
        incarnation=event.incarnation,
        by=event.by,
        organisation=event.organisation,
        versions=[_text(version)],
    )


def _restated(event: ReportRestated) -> str:
    version = Version(
        restatement=event.restatement,
        known_at=event.known_at,
        settled_on=event.restated_on,
        digest=event.digest,
        signature=event.signature,
        differences=event.differences,
        numbers=event.numbers,
        rows=event.rows,
    )
    return _text(version)


def _text(version: Version) -> str:
    return msgspec.json.encode(version).decode()


REPORTS: Final = View(row=ReportRow, table=ReportTable, keys=keys, fold=fold, own=(CODEC,))
