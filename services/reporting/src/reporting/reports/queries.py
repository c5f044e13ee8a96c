"""Questions to the read models of reports."""

from collections.abc import Sequence
from typing import Any, Final

from contracts.region import bounds
from eventcore.database import Pool
from eventcore.readers.queries import Query
from sqlalchemy import ARRAY, Integer, Select, String, bindparam, func, select

from reporting.reports.views.differences import DIFFERENCES, PartRow
from reporting.reports.views.reports import REPORTS, ReportRow


async def named(pool: Pool, reports: Sequence[str]) -> dict[str, ReportRow]:
    """Those of these reports that were frozen, by id."""
    rows = await _NAMED.fetch(pool, reports=list(reports))
    return {row["report"]: ReportRow.model_construct(**dict(row)) for row in rows}


def of_region(region: str, kind: str | None) -> Select[Any]:
    """Reports of the region and everything in it."""
    row = REPORTS.definition.c
    of_kind = [row.kind == kind] if kind else []
    return select(REPORTS.definition).where(row.region.between(*bounds(region)), *of_kind)


async def part(pool: Pool, report: str, restatement: int, number: int) -> list[PartRow]:
    """This part of the differences, and the next where there is one."""
    rows = await _PARTS.fetch(pool, report=report, restatement=restatement, number=number)
    return [PartRow.model_construct(**dict(row)) for row in rows]


def _named() -> Select[Any]:
    row = REPORTS.definition
    return select(row).where(row.c.report == func.any(bindparam("reports", type_=ARRAY(String))))


def _parts() -> Select[Any]:
    row = DIFFERENCES.definition
    return (
        select(row)
        .where(row.c.report == bindparam("report", type_=String))
        .where(row.c.restatement == bindparam("restatement", type_=Integer))
        .where(row.c.number >= bindparam("number", type_=Integer))
        .order_by(row.c.number)
        .limit(2)
    )


_NAMED: Final = Query(_named())
_PARTS: Final = Query(_parts())
