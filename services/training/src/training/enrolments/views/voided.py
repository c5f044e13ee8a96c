"""Which completions count no more because their institution was revoked (R-INS-06)."""

from sqlalchemy import ColumnElement, literal, select
from sqlmodel import col

from training.enrolments.views.roster import RosterTable
from training.institutions.views.bases import BaseTable


def is_void() -> ColumnElement[bool]:
    """Of a row of the roster. What began under a later accreditation counts."""
    return (
        select(literal(1))
        .select_from(BaseTable)
        .where(
            col(BaseTable.institution) == col(RosterTable.institution),
            col(BaseTable.void_from) <= col(RosterTable.concluded_on),
            col(BaseTable.ended_on) >= col(RosterTable.starts_on),
        )
        .exists()
    )
