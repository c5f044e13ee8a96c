"""The funnel's numbers, in two times: what had happened by a day (`as_of`), as far as it was known at a position. What
was taken back counts on no day once that is known, and as before where it was not yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Final, Literal, TypeAlias

from eventcore.database import Pool

from reporting import groups, occupations
from reporting.asking import report, sql, statement
from reporting.regions import Breakdown
from reporting.steps.located import TABLES, located, within

Slice: TypeAlias = Literal["cohort", "institution", "occupation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Only:
    """What is counted alone. `group` in the words of any time; `cohort` is a year of designation."""

    group: str | None = None
    cohort: int | None = None
    institution: str | None = None
    occupation: str | None = None


ALL: Final = Only()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Surveys and persons of one row. Invalidated surveys are in no other number; a person is counted once in each."""

    surveys: int = 0
    surveys_approved: int = 0
    surveys_rejected: int = 0
    surveys_invalidated: int = 0
    persons_surveyed: int = 0
    persons_approved: int = 0
    persons_registered: int = 0
    persons_designated: int = 0
    persons_enrolled: int = 0
    persons_completed: int = 0
    persons_certified: int = 0
    persons_dispatched: int = 0
    persons_transferred: int = 0
    persons_employed: int = 0
    persons_stable: int = 0
    persons_deceased: int = 0
    enrolled_of_designated: int = 0
    completed_of_registered: int = 0
    completed_of_enrolled: int = 0
    certified_of_completed: int = 0
    employed_of_completed: int = 0
    transferred_of_completed: int = 0
    organised_of_transferred: int = 0
    stable_of_transferred: int = 0

    @property
    def surveys_pending(self) -> int:
        return self.surveys - self.surveys_approved - self.surveys_rejected


NOTHING: Final = Tally()
_NAMES: Final = tuple(each.name for each in fields(Tally))


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """Tallies by what their rows are called."""

    total: Tally = NOTHING
    regions: Mapping[str, Tally] = field(default_factory=dict)
    groups: Mapping[str, Tally] = field(default_factory=dict)
    slices: Mapping[str, Tally] = field(default_factory=dict)


async def count(
    pool: Pool, breakdown: Breakdown, as_of: date, known: int, only: Only = ALL, by: Slice | None = None
) -> Funnel:
    """Counts a region's surveys and persons by that day, as known at that position."""
    leads, alike = groups.led(as_of), occupations.led(as_of)
    records = await report(
        pool,
        _QUERY,
        **within(breakdown, as_of),
        known=known,
        slice=by,
        old_groups=[old for old, new in leads.items() if old != new],
        new_groups=[new for old, new in leads.items() if old != new],
        old_occupations=list(alike),
        new_occupations=list(alike.values()),
        groups=None if only.group is None else list(groups.shown(only.group, as_of)),
        cohort=only.cohort,
        institution=only.institution,
        occupation=None if only.occupation is None else occupations.concept(only.occupation, as_of),
    )
    rows: dict[str, dict[str | None, Tally]] = {}
    for record in records:
        rows.setdefault(record["axis"], {})[record["scope"]] = _tally(record)
    return Funnel(
        total=rows.get("total", {}).get(None, NOTHING),
        regions=_named(rows.get("region", {})),
        groups=_named(rows.get("group", {})),
        slices=_named(rows.get("slice", {})),
    )


def _tally(record: Mapping[str, Any]) -> Tally:
    return Tally(**{name: record[name] for name in _NAMES})


def _named(rows: Mapping[str | None, Tally]) -> Mapping[str, Tally]:
    return {scope: tally for scope, tally in rows.items() if scope is not None}


_QUERY: Final = statement(sql(__file__, "funnel.sql", located=located(":known"), **TABLES))
