"""Read model of restatements' differences: one row a part."""

from collections.abc import Iterable
from typing import Final, assert_never

import msgspec
from eventcore.codec import Codec
from eventcore.facts import Fact
from eventcore.readers import View, table_name
from sqlmodel import Field, SQLModel

from reporting.reports.events import DifferencesListed, ReportEvent, ReportFrozen, ReportRestated
from reporting.reports.report import REPORT

CODEC: Final = Codec(REPORT.events)


class PartRow(SQLModel):
    part: str = Field(primary_key=True)
    """`<report>/<restatement>/<number of the part>`"""
    report: str = Field(index=True)
    restatement: int
    number: int
    differences: str
    """A list of `Difference` as JSON."""


class PartTable(PartRow, table=True):
    __tablename__ = table_name("differences", __file__, CODEC)
    __table_args__ = {"schema": "views"}


def keys(fact: Fact[ReportEvent]) -> Iterable[str]:
    if isinstance(fact.event, DifferencesListed):
        yield f"{fact.event.report}/{fact.event.restatement}/{fact.event.part}"


def fold(row: PartRow | None, fact: Fact[ReportEvent]) -> PartRow | None:
    match fact.event:
        case DifferencesListed() as listed:
            return PartRow(
                part=f"{listed.report}/{listed.restatement}/{listed.part}",
                report=listed.report,
                restatement=listed.restatement,
                number=listed.part,
                differences=msgspec.json.encode(listed.differences).decode(),
            )
        case ReportFrozen() | ReportRestated():
            return row
        case _:
            assert_never(fact.event)


DIFFERENCES: Final = View(row=PartRow, table=PartTable, keys=keys, fold=fold, own=(CODEC,))
