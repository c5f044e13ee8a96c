"""What is asked of the list of conflicts."""

from collections.abc import Collection
from typing import Any, Final, Literal

from contracts.region import bounds
from sqlalchemy import Select, func, select
from sqlmodel import col

from registry.matching.conflicts.view import CONFLICTS, ConflictsTable

State = Literal["open", "decided", "vanished"]


OLDEST_FIRST: Final = (col(ConflictsTable.opened_at), col(ConflictsTable.conflict))


def listed(region: str, state: State, comparison: str | None) -> Select[Any]:
    """In a region; of one comparison, or of all."""
    of = [col(ConflictsTable.comparison) == comparison] if comparison else []
    there = col(ConflictsTable.county).between(*bounds(region))
    return select(CONFLICTS.definition).where(col(ConflictsTable.state) == state, there, *of)


def about(workers: Collection[str]) -> Select[Any]:
    """About one of these workers, the oldest first."""
    found = select(CONFLICTS.definition).where(col(ConflictsTable.worker).in_(list(workers)))
    return found.order_by(*OLDEST_FIRST)


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
