"""Read model: the surveys of a person, and what the newest one that counts says. Of an erased person the id stays, so
that what comes late is not taken for somebody's. Nothing personal but the blind indexes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, TypeAlias

import msgspec
from contracts.memberships import groups_on
from contracts.region import bounds
from eventcore import Fact
from eventcore.codec import Codec
from eventcore.database import Pool
from eventcore.readers import View, queries, table_name
from sqlalchemy import ARRAY, Index, String, Text, cast, select
from sqlalchemy.dialects import postgresql
from sqlmodel import Field, SQLModel, col

from registry.privacy.events import NumberReindexed, PersonalDataErased
from registry.surveys.events import SurveyApproved, SurveyEvent, SurveyInvalidated, SurveyRecorded, SurveyRejected
from registry.surveys.survey import SURVEY
from registry.workers.worker import WORKER

CODECS: Final = (Codec(SURVEY.events), Codec(WORKER.events))
MOST: Final = 100
"""Surveys of one person that are kept here, the newest."""

About: TypeAlias = SurveyEvent | NumberReindexed | PersonalDataErased


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """One survey of a person."""

    survey: str
    number_index: str
    state: str
    surveyed_on: date
    household_region: str
    groups: tuple[str, ...]
    employment_status: str
    work_region: str | None


class Person(SQLModel):
    worker: str = Field(primary_key=True)
    erased: bool
    surveys: str = Field(sa_type=Text)
    """JSON of `Surveyed`, in the order in which they were recorded."""
    numbers: list[str] = Field(sa_type=ARRAY(String))
    survey: str | None
    """The newest that counts, or, where none is approved, the newest that was not invalidated."""
    household_region: str | None
    work_region: str | None
    """Of the newest approved survey; None where it says that the person has no work."""
    groups: list[str] = Field(sa_type=ARRAY(String))


NAME: Final = table_name("persons", __file__, *CODECS)


class PersonTable(Person, table=True):
    __tablename__ = NAME
    __table_args__ = (
        Index(f"{NAME}_work", "work_region", "worker"),
        Index(f"{NAME}_numbers", "numbers", postgresql_using="gin"),
        {"schema": "views"},
    )


def keys(fact: Fact[Any]) -> Iterable[str]:
    match fact.event:
        case SurveyRecorded() | SurveyApproved() | SurveyRejected() | SurveyInvalidated() | PersonalDataErased():
            yield fact.event.worker
        case NumberReindexed(owner=owner):
            yield owner
        case _:
            return


def fold(row: Person | None, fact: Fact[About]) -> Person | None:
    event = fact.event
    if isinstance(event, PersonalDataErased):
        return _row(event.worker, (), erased=True)
    if row is not None and row.erased:
        return row
    surveys = surveys_of(row) if row else ()
    match event:
        case SurveyRecorded():
            return _row(event.worker, (*surveys, _surveyed(event))[-MOST:])
        case NumberReindexed():
            renamed = (_reindexed(each, event) for each in surveys)
            return _row(event.owner, tuple(renamed))
        case SurveyApproved() | SurveyRejected() | SurveyInvalidated():
            key, state = fact.stream.removeprefix(f"{SURVEY.category}-"), event.type.removeprefix("survey-")
            changed = (replace(each, state=state) if each.survey == key else each for each in surveys)
            return _row(event.worker, tuple(changed))


def surveys_of(row: Person) -> tuple[Surveyed, ...]:
    """What the column holds."""
    return msgspec.json.decode(row.surveys, type=tuple[Surveyed, ...])


def _surveyed(event: SurveyRecorded) -> Surveyed:
    return Surveyed(
        survey=event.survey,
        number_index=event.number_index,
        state="pending",
        surveyed_on=event.surveyed_on,
        household_region=event.household_region,
        groups=groups_on(event.groups, event.surveyed_on),
        employment_status=event.employment_status,
        work_region=event.work_region,
    )


def _reindexed(survey: Surveyed, event: NumberReindexed) -> Surveyed:
    return replace(survey, number_index=event.new) if survey.number_index == event.old else survey


def _row(worker: str, surveys: Sequence[Surveyed], *, erased: bool = False) -> Person:
    counting = _newest(each for each in surveys if each.state == "approved")
    shown = counting or _newest(each for each in surveys if each.state != "invalidated")
    return Person(
        worker=worker,
        erased=erased,
        surveys=msgspec.json.encode(surveys).decode(),
        numbers=sorted({each.number_index for each in surveys}),
        survey=shown.survey if shown else None,
        household_region=shown.household_region if shown else None,
        work_region=counting.work_region if counting else None,
        groups=list(counting.groups) if counting else [],
    )


def _newest(surveys: Iterable[Surveyed]) -> Surveyed | None:
    """The last of the latest day."""
    return max(enumerate(surveys), key=lambda each: (each[1].surveyed_on, each[0]), default=(0, None))[1]


PERSONS: Final = View(row=Person, table=PersonTable, keys=keys, fold=fold, own=CODECS, commutes=False)


async def person(pool: Pool, worker: str) -> Person | None:
    """What the view knows of a worker. Unavailable."""
    query = queries.Query(select(PERSONS.definition).where(col(PersonTable.worker) == worker))
    rows = await query.fetch(pool)
    return Person(**rows[0]) if rows else None


async def holding(pool: Pool, number_index: str) -> list[Person]:
    """Whose surveys have this number. Unavailable."""
    held = col(PersonTable.numbers).op("@>")(cast([number_index], postgresql.ARRAY(String)))
    rows = await queries.Query(select(PERSONS.definition).where(held)).fetch(pool)
    return [Person(**row) for row in rows]


async def working_in(pool: Pool, region: str, groups: Sequence[str], after: str, limit: int) -> list[Person]:
    """Workers whose newest survey that counts says that they work in the region, by id; in one of the groups where
    some are named. Unavailable."""
    first, last = bounds(region)
    found = select(PERSONS.definition).where(
        col(PersonTable.work_region).between(first, last), col(PersonTable.worker) > after
    )
    if groups:
        found = found.where(col(PersonTable.groups).op("&&")(cast(list(groups), postgresql.ARRAY(String))))
    rows = await queries.Query(found.order_by(col(PersonTable.worker)).limit(limit)).fetch(pool)
    return [Person(**row) for row in rows]
