"""Who had reached what, where, and by when, in two times: the part that every statement about persons begins with."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from reporting.asking import sql, tables
from reporting.people.homes import HOMES
from reporting.people.links import LINKS
from reporting.people.memberships import MEMBERSHIPS
from reporting.regions import Breakdown
from reporting.steps.bases import BASES
from reporting.steps.view import STEPS

VIEWS: Final = (STEPS, HOMES, MEMBERSHIPS, LINKS, BASES)
"""What numbers of persons are made of."""
TABLES: Final = tables(steps=STEPS, homes=HOMES, memberships=MEMBERSHIPS, links=LINKS, bases=BASES)


def located(known: str) -> str:
    """The common table expressions up to `located`, as known at this parameter (`:known`)."""
    return sql(__file__, "located.sql", known=f"cast({known} as bigint)", **TABLES)


def within(breakdown: Breakdown, as_of: date) -> Mapping[str, object]:
    """Their parameters: every code of the region's parts, and the day."""
    return {
        "as_of": as_of,
        "codes": [area.code for area in breakdown.areas],
        "since": [area.since for area in breakdown.areas],
        "until": [area.until for area in breakdown.areas],
        "places": [area.place for area in breakdown.areas],
    }
