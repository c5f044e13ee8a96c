"""Where a worker's household is registered: by the newest survey that counts, or where the household moved since."""

from collections.abc import Iterable, Sequence
from datetime import date

from registry.workers.commands import MoveWithHousehold
from registry.workers.events import WorkerEvent, WorkerMoved
from registry.workers.state import Finding, Move, Registered, Worker, known


def region_of(findings: Iterable[Finding], moves: Iterable[Move]) -> str | None:
    """The latest word; of one day, the household's."""
    said = [(each.surveyed_on, 0, each.household_region) for each in findings]
    said += [(each.moved_on, 1, each.household_region) for each in moves]
    return max(said, default=(date.min, 0, None))[2]


def move(command: MoveWithHousehold, worker: Worker) -> Sequence[WorkerEvent]:
    """A survey of a later day that counts has said already where the household is."""
    found = known(worker)
    moved = Move(moved_on=command.moved_on, household_region=command.household_region)
    newest = max((each.surveyed_on for each in found.findings), default=date.min)
    if moved in found.moves or moved.moved_on < newest:
        return []
    return [
        WorkerMoved(
            worker=found.worker,
            household_region=command.household_region,
            valid_from=command.moved_on,
            evidence=command.evidence,
            basis="HOUSEHOLD",
            organisation=command.organisation,
        )
    ]


def changes(before: Worker, after: Registered, *, survey: str, organisation: str) -> Sequence[WorkerEvent]:
    """What a survey that came or fell means for where the household is, from the day on which it was made."""
    if not isinstance(before, Registered) or before.household_region == after.household_region:
        return []
    findings = (*after.findings, *before.findings)
    return [
        WorkerMoved(
            worker=after.worker,
            household_region=after.household_region,
            valid_from=next(each.surveyed_on for each in findings if each.survey == survey),
            evidence=survey,
            basis="RULES",
            organisation=organisation,
        )
    ]
