"""What a worker wishes (R-REG-09, R-REG-18, R-REG-32): by the newest survey that counts, or recorded since."""

from collections.abc import Sequence

from registry.workers.commands import RecordWishes
from registry.workers.events import Basis, WishesRecorded, WorkerEvent
from registry.workers.state import Registered, Wishes, Worker, living


def record(command: RecordWishes, worker: Worker) -> Sequence[WorkerEvent]:
    found = living(worker)
    said = Wishes(wishes=command.wishes, recorded_on=command.today, evidence=command.evidence)
    if found.wishes == said:
        return []
    return [_recorded(found, said, "OFFICE", command.official, command.organisation)]


def changes(worker: Registered, *, organisation: str) -> list[WorkerEvent]:
    """The event from what was told of the worker's wishes to what holds, if they differ."""
    surveyed = [
        Wishes(wishes=each.wishes, recorded_on=each.surveyed_on, evidence=each.survey)
        for each in worker.findings
        if each.wishes is not None
    ]
    newest = sorted([*surveyed, *worker.told], key=lambda each: each.recorded_on)[-1:]
    said = newest[0] if newest else None
    if said is None and worker.wishes is not None:
        said = Wishes(wishes=(), recorded_on=worker.wishes.recorded_on, evidence=worker.wishes.evidence)
    if said is None or said == worker.wishes:
        return []
    return [_recorded(worker, said, "RULES", "", organisation)]


def _recorded(worker: Registered, said: Wishes, basis: Basis, official: str, organisation: str) -> WishesRecorded:
    return WishesRecorded(
        worker=worker.worker,
        wishes=said.wishes,
        recorded_on=said.recorded_on,
        evidence=said.evidence,
        basis=basis,
        official=official,
        organisation=organisation,
    )
