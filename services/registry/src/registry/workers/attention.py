"""Special attention (R-ADD-11): for a reason and a term, after which a timer ends it; or a person does."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Final, Literal

from eventcore import Wake
from eventcore.clock import LEGAL

from registry.workers import refusals
from registry.workers.commands import EndAttention, OrderAttention
from registry.workers.events import AttentionEnded, AttentionOrdered, WorkerDeceased, WorkerEvent
from registry.workers.state import Attention, Registered, Unknown, Worker, living

TIMER: Final = "attention"
LONGEST: Final = timedelta(days=366)


def order(command: OrderAttention, worker: Worker) -> Sequence[WorkerEvent]:
    """Ordered again, reason and term are the new ones."""
    found = living(worker)
    if not command.today < command.until <= command.today + LONGEST:
        raise refusals.AttentionTermWrong
    if found.attention == Attention(reason=command.reason, until=command.until):
        return []
    return [
        AttentionOrdered(
            worker=found.worker,
            reason=command.reason,
            until=command.until,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def end(command: EndAttention, worker: Worker) -> Sequence[WorkerEvent]:
    return _end(worker, "DECISION", command.official, command.organisation)


def lapse(worker: Worker) -> Sequence[WorkerEvent]:
    return _end(worker, "TERM", "", "")


def _end(worker: Worker, cause: Literal["TERM", "DECISION"], official: str, organisation: str) -> Sequence[WorkerEvent]:
    if isinstance(worker, Unknown) or worker.attention is None:
        return []
    return [AttentionEnded(worker=worker.worker, cause=cause, official=official, organisation=organisation)]


def timers(before: Worker, event: WorkerEvent) -> Iterable[Wake]:
    """Rings when the first day without attention begins."""
    match event:
        case AttentionOrdered(until=until):
            yield Wake(TIMER, datetime.combine(until, time.min, LEGAL))
        case AttentionEnded():
            yield Wake(TIMER, None)
        case WorkerDeceased() if isinstance(before, Registered) and before.attention is not None:
            yield Wake(TIMER, None)
        case _:
            return
