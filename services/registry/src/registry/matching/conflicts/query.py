"""What is asked of the list of conflicts."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Literal

from contracts.region import bounds
from sqlalchemy import Select, func, select
from sqlmodel import col

from registry.matching.conflicts.view import CONFLICTS, ConflictsTable

State = Literal["open", "decided", "vanished"]


def listed(
    region: str, state: State, comparison: str | None, after: tuple[datetime, str] | None, limit: int
) -> Select[Any]:
    """In a region, the oldest first."""
    place = (col(ConflictsTable.opened_at), col(ConflictsTable.conflict))
    statement = select(CONFLICTS.definition).where(
        col(ConflictsTable.state) == state, col(ConflictsTable.county).between(*bounds(region))
    )
    if comparison:
        statement = statement.where(col(ConflictsTable.comparison) == comparison)
    if after:
        at, conflict = after
        statement = statement.where((place[0] > at) | ((place[0] == at) & (place[1] > conflict)))
    return statement.order_by(*place).limit(limit)


def about(workers: Collection[str]) -> Select[Any]:
    """About one of these workers, the oldest first."""
    found = select(CONFLICTS.definition).where(col(ConflictsTable.worker).in_(list(workers)))
    return found.order_by(col(ConflictsTable.opened_at), col(ConflictsTable.conflict))


def counted(region: str, comparison: str | None) -> Select[Any]:
    """Open ones by county and rule, with the day of the oldest."""
    county, rule = col(ConflictsTable.county), col(ConflictsTable.rule)
    statement = select(
        county,
        col(ConflictsTable.comparison),
        rule,
        func.count().label("open"),
        func.min(col(ConflictsTable.opened_at)).label("oldest"),
    ).where(col(ConflictsTable.state) == "open", county.between(*bounds(region)))
    if comparison:
        statement = statement.where(col(ConflictsTable.comparison) == comparison)
    return statement.group_by(county, col(ConflictsTable.comparison), rule).order_by(county, rule)
