"""The household that a worker belongs to, and the worker's death: what follows from it in the worker's own stream."""

from collections.abc import Sequence

from registry.workers import refusals
from registry.workers.commands import JoinHousehold, LeaveHousehold, RecordDeath, WithdrawDeath
from registry.workers.events import DeathWithdrawn, HouseholdJoined, HouseholdLeft, WorkerDeceased, WorkerEvent
from registry.workers.state import Worker, known, living


def join(command: JoinHousehold, worker: Worker) -> Sequence[WorkerEvent]:
    """Carried out for the household, which is the first to know: its guard lets a worker belong to one."""
    found = living(worker)
    if found.household == command.household:
        return []
    if found.household is not None:
        raise refusals.InAnotherHousehold
    return [HouseholdJoined(worker=found.worker, household=command.household, joined_on=command.joined_on)]


def leave(command: LeaveHousehold, worker: Worker) -> Sequence[WorkerEvent]:
    found = known(worker)
    if found.household != command.household:
        return []
    return [HouseholdLeft(worker=found.worker, household=command.household, left_on=command.left_on)]


def die(command: RecordDeath, worker: Worker) -> Sequence[WorkerEvent]:
    found = known(worker)
    if found.deceased_on is not None:
        if found.deceased_on != command.died_on:
            raise refusals.DiedOnAnotherDay
        return []
    if command.died_on > command.today:
        raise refusals.DiedInFuture
    return [
        WorkerDeceased(
            worker=found.worker,
            died_on=command.died_on,
            household=found.household,
            evidence=command.evidence,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def revive(command: WithdrawDeath, worker: Worker, stream: str) -> Sequence[WorkerEvent]:
    """By another person than who recorded the death; another province sees to that itself. Household, designation and
    attention are for people to decide on anew: others may have counted on their end. Again there is nothing to do."""
    found = known(worker)
    if found.death is None:
        if found.withdrawn_death is None:
            raise refusals.NoDeathRecorded
        return []
    if command.is_own_word:
        if command.official != found.death.official:
            return []  # an office here recorded it too, on evidence of its own
    elif command.official == found.death.official:
        raise refusals.OwnDeathRecord
    return [
        DeathWithdrawn(
            worker=found.worker,
            corrects=f"{stream}/{found.death.version}",
            died_on=found.death.died_on,
            household=found.death.household,
            plan=found.death.plan,
            attention=found.death.attention,
            evidence=command.evidence,
            official=command.official,
            organisation=command.organisation,
        )
    ]
