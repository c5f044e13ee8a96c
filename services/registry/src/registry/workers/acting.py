"""Whether this province acts for the worker: the registry's answer to the end of a tenure, and what it refuses then.

The registry is one of the services that act. It stops in the worker's own stream, which is where wishes and
designations go, so that none of them can come after it; surveys, which have streams of their own, see the guard.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, assert_never

from eventcore import Effect, Rejected, Release, Take

from registry.workers.acting_events import ActingEvent, ActingResumed, ActingYielded
from registry.workers.state import Acting, Worker

ELSEWHERE: Final = "steward-elsewhere"
"""Guard: worker -> the province that is responsible, where it is not this one."""


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
            return [ActingResumed(worker=command.worker, epoch=epoch)]
        case _:
            assert_never(command)


def evolve(worker: Worker, event: ActingEvent) -> Worker:
    steward = event.steward if isinstance(event, ActingYielded) else None
    return replace(worker, acting=Acting(epoch=event.epoch, steward=steward))


def effects(event: ActingEvent) -> Iterable[Effect]:
    yield Release(ELSEWHERE, event.worker)
    if isinstance(event, ActingYielded):
        yield Take(ELSEWHERE, event.worker, holder=event.steward)
