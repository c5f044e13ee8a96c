"""Read model: all workers with what holds of them, by county: the base ledger (R-REG-21)."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from contracts.memberships import Membership, without
from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import ARRAY, Date, Index, String
from sqlmodel import Field, SQLModel

from registry.privacy.events import PersonalDataErased, UseRestricted, UseRestrictionEnded
from registry.workers.acting_events import ActingResumed, ActingYielded, GuestPlaced
from registry.workers.events import (
    AttentionEnded,
    AttentionOrdered,
    DeathWithdrawn,
    DesignationEnded,
    EligibilityAssessed,
    HouseholdJoined,
    HouseholdLeft,
    TraineeDesignated,
    WishesRecorded,
    WorkerDeceased,
    WorkerEvent,
    WorkerGroupAssigned,
    WorkerGroupEnded,
    WorkerGroupWithdrawn,
    WorkerMoved,
    WorkerRegistered,
    WorkerSurveyed,
    WorkerSurveyWithdrawn,
)
from registry.workers.linking_events import CanonicalChanged

CODEC: Final = Codec(WorkerEvent)


class WorkerRow(SQLModel):
    """The three arrays of groups belong together, one place a membership; without an end it goes on."""

    worker: str = Field(primary_key=True)
    household_region: str
    county: str
    """Whose offices look after the worker: of the household, or, of a guest, of the work here."""
    guest: bool = False
    listed: bool = True
    """False of a guest for whom another province is responsible."""
    group_codes: list[str] = Field(sa_type=ARRAY(String))
    group_from: list[date] = Field(sa_type=ARRAY(Date))
    group_to: list[date | None] = Field(sa_type=ARRAY(Date))
    wishes: list[str] = Field(sa_type=ARRAY(String))
    surveyed_on: date | None = None
    moved_on: date | None = None
    """The day of the household's last move; surveys of an earlier day do not say where it is now."""
    employment_status: str | None = None
    new_generation: bool | None = None
    """Born from 1980 on."""
    eligible: bool | None = None
    plan: str | None = None
    attention: str | None = None
    attention_until: date | None = None
    household: str | None = None
    deceased_on: date | None = None
    canonical: str | None = None
    restricted: bool = False


NAME: Final = table_name("workers", __file__, CODEC)


class WorkerTable(WorkerRow, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_place", "county", "worker"), {"schema": "views"})


def memberships_of(row: WorkerRow) -> tuple[Membership, ...]:
    return tuple(
        Membership(group=group, valid_from=first, valid_to=last)
        for group, first, last in zip(row.group_codes, row.group_from, row.group_to, strict=True)
    )


def keys(fact: Fact[WorkerEvent]) -> Iterable[str]:
    yield fact.event.worker


def fold(row: WorkerRow | None, fact: Fact[WorkerEvent]) -> WorkerRow | None:
    """A stream is a row: its facts come in order. What says nothing that is shown leaves the row as it is."""
    event = fact.event
    if row is None and isinstance(event, WorkerRegistered | GuestPlaced):
        return _new(event)
    if row is None or isinstance(event, PersonalDataErased):
        return None
    match event:
        case WorkerRegistered():
            return _with_memberships(row, {*memberships_of(row), *event.groups})
        case WorkerSurveyed() | WorkerSurveyWithdrawn():
            return _surveyed(row, event)
        case WorkerGroupAssigned() | WorkerGroupEnded() | WorkerGroupWithdrawn():
            return _grouped(row, event)
        case _:
            return row.model_copy(update=_changed(row, event))


def _new(event: WorkerRegistered | GuestPlaced) -> WorkerRow:
    """A guest is listed from the day on which this province is responsible."""
    if isinstance(event, GuestPlaced):
        return _row(event, county=event.county, guest=True, listed=False)
    return _with_memberships(_row(event, county=event.household_region), event.groups)


def _row(event: WorkerRegistered | GuestPlaced, **more: Any) -> WorkerRow:
    return WorkerRow(
        worker=event.worker,
        household_region=event.household_region,
        group_codes=[],
        group_from=[],
        group_to=[],
        wishes=[],
        **more,
    )


def _surveyed(row: WorkerRow, event: WorkerSurveyed | WorkerSurveyWithdrawn) -> WorkerRow:
    """A survey of an earlier day that is approved later says nothing new."""
    if isinstance(event, WorkerSurveyed) and row.surveyed_on is not None and event.surveyed_on < row.surveyed_on:
        return row
    moved = isinstance(event, WorkerSurveyed) and row.moved_on is not None and event.surveyed_on <= row.moved_on
    return row.model_copy(
        update={
            **({} if moved else _at_home_in(row, event.household_region)),
            "surveyed_on": event.surveyed_on,
            "employment_status": event.employment_status,
            "new_generation": _generation(row, event),
        }
    )


def _generation(row: WorkerRow, event: WorkerSurveyed | WorkerSurveyWithdrawn) -> bool | None:
    """What a survey said once of when somebody was born holds; a withdrawn one does not say anew."""
    said = event.new_generation if isinstance(event, WorkerSurveyed) else None
    return row.new_generation if said is None else said


def _grouped(row: WorkerRow, event: WorkerGroupAssigned | WorkerGroupEnded | WorkerGroupWithdrawn) -> WorkerRow:
    kept = without(memberships_of(row), event.group, event.valid_from)
    if isinstance(event, WorkerGroupWithdrawn):
        return _with_memberships(row, kept)
    said = Membership(group=event.group, valid_from=event.valid_from, valid_to=event.valid_to)
    return _with_memberships(row, (*kept, said))


def _with_memberships(row: WorkerRow, memberships: Iterable[Membership]) -> WorkerRow:
    held = sorted(memberships, key=lambda each: (each.group, each.valid_from))
    return row.model_copy(
        update={
            "group_codes": [each.group for each in held],
            "group_from": [each.valid_from for each in held],
            "group_to": [each.valid_to for each in held],
        }
    )


def _at_home_in(row: WorkerRow, region: str) -> dict[str, object]:
    return {"household_region": region, "county": row.county if row.guest else region}


def _changed(row: WorkerRow, event: WorkerEvent) -> dict[str, object]:
    match event:
        case WishesRecorded():
            return {"wishes": list(event.wishes)}
        case EligibilityAssessed():
            return {"eligible": event.eligible}
        case TraineeDesignated():
            return {"plan": event.plan}
        case DesignationEnded():
            return {"plan": None}
        case AttentionOrdered():
            return {"attention": event.reason, "attention_until": event.until}
        case AttentionEnded():
            return {"attention": None, "attention_until": None}
        case HouseholdJoined():
            return {"household": event.household}
        case HouseholdLeft():
            return {"household": None}
        case WorkerMoved():
            moved_on = {"moved_on": event.valid_from} if event.basis == "HOUSEHOLD" else {}
            return {**_at_home_in(row, event.household_region), **moved_on}
        case WorkerDeceased():
            return {"deceased_on": event.died_on, "plan": None, "attention": None, "attention_until": None}
        case DeathWithdrawn():
            return {"deceased_on": None}
        case CanonicalChanged():
            return {"canonical": event.canonical}
        case GuestPlaced(county=county):
            return {"county": county, "guest": True}
        case ActingYielded() | ActingResumed():
            return {"listed": not row.guest or isinstance(event, ActingResumed)}
        case UseRestricted() | UseRestrictionEnded():
            return {"restricted": isinstance(event, UseRestricted)}
        case _:
            return {}


WORKERS: Final = View(row=WorkerRow, table=WorkerTable, keys=keys, fold=fold, own=(CODEC,))
