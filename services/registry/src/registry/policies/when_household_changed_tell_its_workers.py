"""When a household changes, its workers know their household and where it is, and belong to the group of its poverty
status."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TypeAlias

from eventcore import Do, Fact
from eventcore.clock import LEGAL

from registry.households.events import HouseholdMoved, HouseholdStatusChanged, MemberAdded, MemberRemoved, StatusPeriod
from registry.workers.commands import (
    AssignGroup,
    EndGroup,
    JoinHousehold,
    LeaveHousehold,
    MoveWithHousehold,
    WorkerCommand,
)
from registry.workers.worker import WORKER

Commands: TypeAlias = Iterator[Do[WorkerCommand]]


def when_household_changed_tell_its_workers(fact: Fact[Any]) -> Iterable[Do[WorkerCommand]]:
    match fact.event:
        case MemberAdded(worker=str(worker), household=household, joined_on=joined_on, statuses=statuses):
            yield Do(WORKER, worker, JoinHousehold(household=household, joined_on=joined_on))
            for status in statuses:
                yield from _assign(fact, worker, status, max(joined_on, status.valid_from))
        case MemberRemoved(worker=str(worker), household=household, left_on=left_on, statuses=statuses):
            yield Do(WORKER, worker, LeaveHousehold(household=household, left_on=left_on))
            for status in statuses:
                yield from _end(fact, worker, status.status, left_on)
        case HouseholdMoved(workers=workers) as moved:
            for worker in workers:
                yield Do(WORKER, worker, _move(fact, moved))
        case HouseholdStatusChanged(workers=workers, before=before) as changed:
            period = StatusPeriod(status=changed.status, valid_from=changed.valid_from, valid_to=changed.valid_to)
            for worker in workers:
                if before is not None:
                    yield from _end(fact, worker, before.status, changed.valid_from)
                yield from _assign(fact, worker, period, period.valid_from)


def _move(fact: Fact[Any], moved: HouseholdMoved) -> MoveWithHousehold:
    return MoveWithHousehold(
        household_region=moved.region, moved_on=moved.moved_on, evidence=fact.id, organisation=moved.organisation
    )


def _assign(fact: Fact[Any], worker: str, status: StatusPeriod, valid_from: date) -> Commands:
    command = AssignGroup(
        group=status.status,
        valid_from=valid_from,
        valid_to=status.valid_to,
        evidence=fact.id,
        basis="HOUSEHOLD",
        official=fact.event.official,
        organisation=fact.event.organisation,
        today=_today(fact),
    )
    yield Do(WORKER, worker, command)


def _end(fact: Fact[Any], worker: str, group: str, valid_to: date) -> Commands:
    command = EndGroup(
        group=group,
        valid_to=valid_to,
        evidence=fact.id,
        basis="HOUSEHOLD",
        official=fact.event.official,
        organisation=fact.event.organisation,
        today=_today(fact),
    )
    yield Do(WORKER, worker, command)


def _today(fact: Fact[Any]) -> date:
    return fact.occurred_at.astimezone(LEGAL).date()
