"""Whether this province acts for the worker: the registry's answer to the end of a tenure, and what it refuses then.

The registry is one of the services that act. It stops in the worker's own stream, which is where wishes and
designations go, so that none of them can come after it; surveys, which have streams of their own, see the guards. So it
is for a worker of another home too, whom this province is responsible for: a guest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, assert_never

from contracts.region import province_of
from eventcore import Effect, Rejected, Release, Seen, Take

from registry.workers.acting_events import ActingEvent, ActingResumed, ActingYielded
from registry.workers.state import Acting, Worker

ELSEWHERE: Final = "steward-elsewhere"
"""Guard: worker -> the province that is responsible, where it is not this one."""
GUEST: Final = "guest"
"""Guard: worker of another home, whom this province is responsible for -> the home."""


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


ActingCommand: TypeAlias = YieldActing | ResumeActing


class NotSteward(Rejected):
    """Another province is responsible for this worker now."""

    code = "not_steward"

    def __init__(self, steward: str) -> None:
        super().__init__(steward)
        self.steward = steward

    def members(self) -> Mapping[str, str]:
        """Who is responsible."""
        return {"steward": self.steward}


def require_acting(worker: Worker) -> None:
    """Refuses what only the responsible province may do. NotSteward."""
    if worker.acting.steward:
        raise NotSteward(worker.acting.steward)


def require_acting_for_guest(worker: Worker) -> None:
    """Refuses what home may always say of its own people, and another province only while it is responsible."""
    if worker.acting.is_guest:
        require_acting(worker)


def require_responsible(worker: str, seen: Seen) -> None:
    """The same where another stream asks, which reads the guard. NotSteward."""
    if steward := seen.holder(ELSEWHERE, worker):
        raise NotSteward(steward)


def require_guest(worker: str, household_region: str, seen: Seen) -> None:
    """Refuses what only the province may do that is responsible for the guest, also where nobody looked. NotSteward."""
    if seen.holder(GUEST, worker) is None:
        raise NotSteward(seen.holder(ELSEWHERE, worker) or province_of(household_region))


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
        case _:
            assert_never(command)


def evolve(worker: Worker, event: ActingEvent) -> Worker:
    if isinstance(event, ActingYielded):
        return replace(worker, acting=replace(worker.acting, epoch=event.epoch, steward=event.steward))
    return replace(worker, acting=Acting(epoch=event.epoch, is_guest=event.guest_of is not None))


def effects(event: ActingEvent) -> Iterable[Effect]:
    yield Release(ELSEWHERE, event.worker)
    yield Release(GUEST, event.worker)
    if isinstance(event, ActingYielded):
        yield Take(ELSEWHERE, event.worker, holder=event.steward)
    elif event.guest_of:
        yield Take(GUEST, event.worker, holder=event.guest_of)
