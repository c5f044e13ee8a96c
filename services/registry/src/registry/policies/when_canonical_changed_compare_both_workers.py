"""When a linked worker's stream says who stands for it, nothing new comes into it: then both are compared. When it
stands for itself again, what came in meanwhile is looked at."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from registry.workers.commands import WorkerCommand
from registry.workers.linking_commands import CompareLinked
from registry.workers.linking_events import CanonicalChanged
from registry.workers.worker import WORKER


def when_canonical_changed_compare_both_workers(fact: Fact[Any]) -> Iterable[Do[WorkerCommand]]:
    match fact.event:
        case CanonicalChanged(worker=other, canonical=canonical, before=before):
            for worker in (before, canonical):
                if worker is not None:
                    yield Do(WORKER, worker, CompareLinked(worker=worker, other=other))
