"""A report's numbers at a position, and what they differ by between two positions: person by person, claim by claim,
each with the facts that made the difference."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from eventcore.database import Pool

from reporting.asking import Moment, moment, report, sql, statement
from reporting.funnel.query import NOTHING, Tally, count
from reporting.money.query import NONE, Sums, add_up
from reporting.money.view import MONEY
from reporting.regions import Breakdown
from reporting.reports.commands import Counted
from reporting.reports.events import Difference, Number, Row
from reporting.steps.located import TABLES, VIEWS, located, within

COUNTED: Final = (*VIEWS, MONEY)
"""Views that a report's numbers are made of."""

PERSONS: Final[Mapping[str, tuple[str, str]]] = {
    "persons_surveyed": ("SURVEYED", "SURVEYED"),
    "persons_approved": ("APPROVED", "APPROVED"),
    "persons_registered": ("REGISTERED", "REGISTERED"),
    "persons_designated": ("DESIGNATED", "DESIGNATED"),
    "persons_enrolled": ("ENROLLED", "ENROLLED"),
    "persons_completed": ("COMPLETED", "COMPLETED"),
    "persons_certified": ("CERTIFIED", "CERTIFIED"),
    "persons_dispatched": ("DISPATCHED", "DISPATCHED"),
    "persons_transferred": ("TRANSFERRED", "TRANSFERRED"),
    "persons_employed": ("EMPLOYED", "EMPLOYED"),
    "persons_stable": ("STABLE", "STABLE"),
    "enrolled_of_designated": ("DESIGNATED", "ENROLLED"),
    "completed_of_enrolled": ("ENROLLED", "COMPLETED"),
    "certified_of_completed": ("COMPLETED", "CERTIFIED"),
    "employed_of_completed": ("COMPLETED", "EMPLOYED"),
    "transferred_of_completed": ("COMPLETED", "TRANSFERRED"),
    "organised_of_transferred": ("TRANSFERRED", "ORGANISED"),
    "stable_of_transferred": ("TRANSFERRED", "STABLE"),
}
"""Numbers of persons, and the kinds of steps that a person needs to be in one."""
AMOUNTS: Final = ("committed", "ordered", "paid", "failed", "returned")
MONEY_PREFIX: Final = "money_"


async def counted(pool: Pool, breakdown: Breakdown, as_of: date) -> Counted:
    """The numbers as far as all views have come."""
    at = await moment(pool, COUNTED)
    return await counted_at(pool, breakdown, as_of, at)


async def counted_at(pool: Pool, breakdown: Breakdown, as_of: date, at: Moment) -> Counted:
    """The numbers as known at that moment."""
    funnel = await count(pool, breakdown, as_of, at.position)
    money = await add_up(pool, breakdown, as_of, at.position)
    rows = breakdown.shown(funnel.regions.keys() | money.regions.keys())
    return Counted(
        known_at=at.position,
        incarnation=at.incarnation,
        parked=at.parked,
        numbers=_numbers(funnel.total, money.total),
        rows=tuple(
            Row(
                region=each.code,
                name=each.name,
                numbers=_numbers(funnel.regions.get(each.code, NOTHING), money.regions.get(each.code, NONE)),
            )
            for each in rows
        ),
    )


def _numbers(tally: Tally, sums: Sums) -> tuple[Number, ...]:
    persons = (Number(name=name, value=getattr(tally, name)) for name in PERSONS)
    amounts = (Number(name=f"{MONEY_PREFIX}{name}", value=getattr(sums, name)) for name in AMOUNTS)
    return (*persons, *amounts)


async def differences(pool: Pool, breakdown: Breakdown, as_of: date, before: int, known: int) -> tuple[Difference, ...]:
    """What became known between the two positions, person by person and claim by claim."""
    given = {**within(breakdown, as_of), "before": before, "known": known}
    return (*await _of_persons(pool, given), *await _of_money(pool, given))


async def _of_persons(pool: Pool, given: Mapping[str, object]) -> Iterable[Difference]:
    changed = await report(
        pool,
        _CHANGED,
        **given,
        names=list(PERSONS),
        kinds=[kind for kind, _ in PERSONS.values()],
        kinds_too=[kind for _, kind in PERSONS.values()],
    )
    causes: dict[str, dict[str | None, list[str]]] = {}
    persons = sorted({record["person"] for record in changed})
    for record in await report(pool, _CAUSES, persons=persons, before=given["before"], known=given["known"]):
        causes.setdefault(record["person"], {}).setdefault(record["kind"], []).append(record["event"])
    return [
        Difference(
            subject=record["person"],
            number=record["name"],
            change=record["change"],
            causes=_bearing(causes.get(record["person"], {}), PERSONS[record["name"]]),
        )
        for record in changed
    ]


def _bearing(causes: Mapping[str | None, list[str]], kinds: tuple[str, str]) -> tuple[str, ...]:
    found = {event for kind in (None, *kinds) for event in causes.get(kind, ())}
    return tuple(sorted(found))


async def _of_money(pool: Pool, given: Mapping[str, object]) -> Iterable[Difference]:
    return [
        Difference(
            subject=record["claim"],
            number=f"{MONEY_PREFIX}{record['measure']}",
            change=record["change"],
            causes=tuple(record["causes"]),
        )
        for record in await report(pool, _AMOUNTS, **given)
    ]


_CHANGED: Final = statement(
    sql(__file__, "persons.sql", located_before=located(":before"), located_known=located(":known"))
)
_CAUSES: Final = statement(sql(__file__, "causes.sql", **TABLES))
_AMOUNTS: Final = statement(sql(__file__, "amounts.sql", money=str(MONEY.definition)))
