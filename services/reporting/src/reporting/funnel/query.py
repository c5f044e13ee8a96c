"""The funnel's numbers, in two times: what had happened by a day (`as_of`), as far as it was known at a position
(`known_at`). A survey that was taken back counts on no day once that is known, and as before where it was not yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from contracts.groups import GROUPS
from eventcore.database import Pool
from eventcore.readers.queries import Query
from sqlalchemy import (
    ARRAY,
    CTE,
    BigInteger,
    ColumnElement,
    Date,
    Select,
    String,
    and_,
    bindparam,
    cast,
    false,
    func,
    literal,
    not_,
    null,
    select,
    true,
    union_all,
)

from reporting.asking import CHECKPOINTS, PARKED, report
from reporting.funnel.view import SURVEYS
from reporting.regions import Breakdown

TEXTS: Final = ARRAY(String)
DAYS: Final = ARRAY(Date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many surveys and persons of one region or group. Invalidated surveys are in no other number."""

    surveys: int = 0
    approved: int = 0
    rejected: int = 0
    invalidated: int = 0
    persons_surveyed: int = 0
    persons_approved: int = 0


NOTHING: Final = Tally()


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """Tallies, and the position at which they hold. `standing` is how far the view had come; parked streams have
    facts up to the position that are not counted."""

    position: int
    standing: int
    parked: int
    total: Tally = NOTHING
    regions: Mapping[str, Tally] = field(default_factory=dict)
    groups: Mapping[str, Tally] = field(default_factory=dict)


async def count(pool: Pool, breakdown: Breakdown, as_of: date, known_at: int | None, group: str | None) -> Funnel:
    """Counts a region's surveys; known_at None: as far as the view has come. `group` is one of that day."""
    today = {code.code: GROUPS.current(code.code, as_of).code for code in GROUPS.codes}
    records = await report(
        pool,
        _QUERY,
        as_of=as_of,
        known_at=known_at,
        codes=[area.code for area in breakdown.areas],
        since=[area.since for area in breakdown.areas],
        until=[area.until for area in breakdown.areas],
        places=[area.place for area in breakdown.areas],
        old_groups=[old for old, new in today.items() if old != new],
        new_groups=[new for old, new in today.items() if old != new],
        only_groups=None if group is None else [old for old, new in today.items() if new == group],
    )
    position, standing, parked = records[0]["known"], records[0]["standing"], records[0]["parked"]
    tallies: dict[str, dict[str | None, Tally]] = {"total": {}, "region": {}, "group": {}}
    for record in records:
        if record["kind"]:
            tallies[record["kind"]][record["scope"]] = Tally(**{name: record[name] for name in Tally.__slots__})
    return Funnel(
        position=position,
        standing=standing,
        parked=parked,
        total=tallies["total"].get(None, NOTHING),
        regions={scope: tally for scope, tally in tallies["region"].items() if scope},
        groups={scope: tally for scope, tally in tallies["group"].items() if scope},
    )


def _statement() -> Select[Any]:
    at = _at()
    counted = _counted(at)
    grouped = _by_group(counted)
    tallies = union_all(
        _tally(counted, "total", cast(null(), String)),
        _tally(counted, "region", counted.c.place),
        _tally(grouped, "group", grouped.c.scope),
    ).cte("tallies")
    return select(at, tallies).select_from(at.outerjoin(tallies, true()))


def _at() -> CTE:
    """Where the view stands, and the position that is asked for."""
    standing = CHECKPOINTS.c.position
    known = func.coalesce(bindparam("known_at", type_=BigInteger), standing)
    parked = (
        select(func.count())
        .where(PARKED.c.reader == SURVEYS.reader, PARKED.c.position <= known)
        .correlate(CHECKPOINTS)
        .scalar_subquery()
    )
    columns = (standing.label("standing"), known.label("known"), parked.label("parked"))
    return select(*columns).where(CHECKPOINTS.c.reader == SURVEYS.reader).cte("at")


def _counted(at: CTE) -> CTE:
    """The surveys of the region that had been made by the day, as far as known, with what had become of them."""
    row = SURVEYS.definition.c
    as_of = bindparam("as_of", type_=Date)
    areas = (
        func.unnest(
            bindparam("codes", type_=TEXTS),
            bindparam("since", type_=DAYS),
            bindparam("until", type_=DAYS),
            bindparam("places", type_=TEXTS),
        )
        .table_valued("code", "since", "until", "place", name="areas")
        .render_derived()
    )
    there = and_(
        areas.c.code == row.household_region, areas.c.since <= row.surveyed_on, row.surveyed_on < areas.c.until
    )
    void = _by(row.invalidated_known, at)
    approved = and_(not_(void), _by(row.approved_known, at), func.coalesce(row.approved_on <= as_of, false()))
    rejected = and_(not_(void), _by(row.rejected_known, at), func.coalesce(row.rejected_on <= as_of, false()))
    return (
        select(row.survey, row.worker, row.groups, areas.c.place)
        .add_columns(void.label("void"), approved.label("approved"), rejected.label("rejected"))
        .select_from(areas.join(SURVEYS.definition, there).join(at, true()))
        .where(row.surveyed_on <= as_of, row.known <= at.c.known)
        .where(func.coalesce(row.groups.op("&&")(bindparam("only_groups", type_=TEXTS)), true()))
        .cte("counted")
    )


def _by(known: ColumnElement[Any], at: CTE) -> ColumnElement[bool]:
    return func.coalesce(known <= at.c.known, false())


def _by_group(counted: CTE) -> CTE:
    """Each survey once in every group of that day that its groups lead to; codes that are new to us as they are."""
    stored = func.unnest(counted.c.groups).table_valued("code", name="stored").render_derived()
    leads = (
        func.unnest(bindparam("old_groups", type_=TEXTS), bindparam("new_groups", type_=TEXTS))
        .table_valued("old", "new", name="leads")
        .render_derived()
    )
    scope = func.coalesce(leads.c.new, stored.c.code).label("scope")
    kept = (counted.c.survey, counted.c.worker, counted.c.void, counted.c.approved, counted.c.rejected)
    return (
        select(*kept, scope)
        .distinct()
        .select_from(counted.join(stored, true()).outerjoin(leads, leads.c.old == stored.c.code))
        .cte("grouped")
    )


def _tally(rows: CTE, kind: str, scope: ColumnElement[Any]) -> Select[Any]:
    """Surveys and persons of each scope: who was surveyed twice there is one person."""
    counts = not_(rows.c.void)
    worker = (
        select(scope.label("scope"), rows.c.worker)
        .add_columns(
            func.count().filter(counts).label("surveys"),
            func.count().filter(rows.c.approved).label("approved"),
            func.count().filter(rows.c.rejected).label("rejected"),
            func.count().filter(rows.c.void).label("invalidated"),
        )
        .group_by(scope, rows.c.worker)
        .subquery()
    )
    sums = (worker.c.surveys, worker.c.approved, worker.c.rejected, worker.c.invalidated)
    return (
        select(literal(kind).label("kind"), worker.c.scope)
        .add_columns(*(cast(func.sum(column), BigInteger).label(column.name) for column in sums))
        .add_columns(func.count().filter(worker.c.surveys > 0).label("persons_surveyed"))
        .add_columns(func.count().filter(worker.c.approved > 0).label("persons_approved"))
        .group_by(worker.c.scope)
    )


_QUERY: Final = Query(_statement())
