"""When two workers are found to be one, or to be two after all, the other's stream says who stands for it."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from registry.workers.commands import WorkerCommand
from registry.workers.linking_commands import FollowCanonical
from registry.workers.linking_events import DuplicateDecided
from registry.workers.worker import WORKER


def when_duplicate_decided_tell_the_other_worker(fact: Fact[Any]) -> Iterable[Do[WorkerCommand]]:
    match fact.event:
        case DuplicateDecided(other=other, verdict=verdict, undone=undone) if verdict == "SAME" or undone:
            yield Do(WORKER, other, FollowCanonical(worker=other))
