"""The rules of a worker: registered once, by the first survey that is approved, and for good.

When that survey is invalidated later, its facts count no more, and every reader learns so from the survey's own event;
the person stays known under the same id, and the survey that is made again confirms or changes what is said of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from eventcore import Decider, Seen

from registry.workers.commands import WorkerCommand
from registry.workers.events import WorkerEvent, WorkerRegistered


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True)
class Registered:
    survey: str


Worker: TypeAlias = Unknown | Registered


def decide(command: WorkerCommand, worker: Worker, seen: Seen) -> Sequence[WorkerEvent]:
    if isinstance(worker, Registered):
        return []
    return [
        WorkerRegistered(
            worker=command.worker,
            survey=command.survey,
            household_region=command.household_region,
            groups=command.groups,
        )
    ]


def evolve(worker: Worker, event: WorkerEvent) -> Worker:
    return Registered(event.survey)


WORKER: Final[Decider[WorkerCommand, WorkerEvent, Worker]] = Decider(
    category="worker", initial=Unknown(), decide=decide, evolve=evolve, events=WorkerEvent
)
