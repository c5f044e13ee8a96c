"""Whether this province acts for the worker: the registry's answer to the end of a tenure, and what it refuses then.

The registry is one of the services that act. It stops in the worker's own stream, which is where wishes and
designations go, so that none of them can come after it; surveys, which have streams of their own, see the guards. So it
is for a worker of another home too, whom this province is responsible for: a guest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from eventcore import Effect, Release, Take

from registry.responsibility import ELSEWHERE, GUEST, NotSteward
from registry.workers.acting_events import ActingEvent, ActingResumed, ActingYielded, GuestPlaced
from registry.workers.state import Acting, Registered, Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class YieldActing:
    """The tenure ends: stop, and say so."""

    worker: str
    epoch: int
    steward: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeActing:
    worker: str
    epoch: int
    guest_of: str | None = None
    """The worker's home, where it is another province."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceGuest:
    """A worker of another home has a job here; the newest says which county looks after them."""

    worker: str
    home: str
    household_region: str
    county: str


ActingCommand: TypeAlias = YieldActing | ResumeActing | PlaceGuest


def require_acting(worker: Worker) -> None:
    """Refuses what only the responsible province may do. NotSteward."""
    if worker.acting.steward:
        raise NotSteward(worker.acting.steward)


def require_acting_for_guest(worker: Worker) -> None:
    """Refuses what home may always say of its own people, and another province only while it is responsible."""
    if worker.acting.is_guest:
        require_acting(worker)


def decide(command: ActingCommand, worker: Worker) -> Sequence[ActingEvent]:
    """An order about an epoch that is over is nothing."""
    match command:
        case YieldActing(epoch=epoch):
            if epoch < worker.acting.epoch or (epoch == worker.acting.epoch and worker.acting.steward):
                return []
            return [ActingYielded(worker=command.worker, epoch=epoch, steward=command.steward)]
        case ResumeActing(epoch=epoch):
            if epoch <= worker.acting.epoch:
                return []
            return [ActingResumed(worker=command.worker, epoch=epoch, guest_of=command.guest_of)]
        case PlaceGuest():
            return _placed(command, worker)
        case _:
            assert_never(command)


def _placed(command: PlaceGuest, worker: Worker) -> Sequence[ActingEvent]:
    """Nobody of this province is a guest here, whatever another service says. Who was erased is in no list."""
    if worker.privacy.erased:
        return []
    if isinstance(worker, Registered) and (not worker.acting.is_guest or worker.acting.county == command.county):
        return []
    return [
        GuestPlaced(
            worker=command.worker,
            home=command.home,
            household_region=command.household_region,
            county=command.county,
        )
    ]


def evolve(worker: Worker, event: ActingEvent) -> Worker:
    before = worker.acting
    match event:
        case ActingYielded(epoch=epoch, steward=steward):
            return replace(worker, acting=replace(before, epoch=epoch, steward=steward))
        case ActingResumed(epoch=epoch, guest_of=guest_of):
            return replace(worker, acting=Acting(epoch=epoch, is_guest=guest_of is not None, county=before.county))
        case GuestPlaced(county=county):
            held_by = before.steward if before.is_guest else event.home
            return _known(worker, event, replace(before, is_guest=True, steward=held_by, county=county))
        case _:
            assert_never(event)


def _known(worker: Worker, event: GuestPlaced, acting: Acting) -> Registered:
    """Until the responsibility is here, home has it."""
    if isinstance(worker, Registered):
        return replace(worker, acting=acting)
    return Registered(
        worker=event.worker,
        survey=None,
        household_region=event.household_region,
        privacy=worker.privacy,
        acting=acting,
    )


def effects(event: ActingEvent) -> Iterable[Effect]:
    if isinstance(event, GuestPlaced):
        return
    yield Release(ELSEWHERE, event.worker)
    yield Release(GUEST, event.worker)
    if isinstance(event, ActingYielded):
        yield Take(ELSEWHERE, event.worker, holder=event.steward)
    elif event.guest_of:
        yield Take(GUEST, event.worker, holder=event.guest_of)
