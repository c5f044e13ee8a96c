"""Whether a worker may become a trainee (R-REG-01, R-REG-11, R-REG-17): on what grounds, and what a person decided."""

from collections.abc import Sequence
from datetime import date

from contracts.memberships import groups_on

from registry.key_counties import is_key_county
from registry.workers.commands import AssessEligibility
from registry.workers.events import EligibilityAssessed, WorkerEvent
from registry.workers.priority import STEPS
from registry.workers.state import Registered, Worker, living

POOR = STEPS[0].groups
UNABLE = "UNABLE_TO_WORK"
NO_GROUND = "NO_GROUND"


def grounds(worker: Registered, day: date) -> tuple[str, ...]:
    """Poor and of a key county (document 000), poor elsewhere (001, 004), or of another group that the policies name
    (002, 003)."""
    held = frozenset(groups_on(worker.groups, day))
    found = []
    if held & POOR:
        found.append("KEY_COUNTY_POOR" if is_key_county(worker.household_region, day) else "POOR")
    if held - POOR:
        found.append("TARGET_GROUP")
    return tuple(found)


def assess(command: AssessEligibility, worker: Worker) -> Sequence[WorkerEvent]:
    """Without a ground nobody is eligible; with one, a person may still decide otherwise and says why."""
    found = living(worker)
    on_what = grounds(found, command.today)
    reason = command.reason or (None if command.able_to_work else UNABLE) or (None if on_what else NO_GROUND)
    return [
        EligibilityAssessed(
            worker=found.worker,
            eligible=reason is None,
            able_to_work=command.able_to_work,
            grounds=on_what,
            reason=reason,
            assessed_on=command.today,
            official=command.official,
            organisation=command.organisation,
        )
    ]
