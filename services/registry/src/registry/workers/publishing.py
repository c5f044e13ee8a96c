"""What other services may know of a worker."""

from contracts.registry import GroupMembership, WorkerRegisteredV1

from registry.workers.events import WorkerEvent


def publish(event: WorkerEvent) -> WorkerRegisteredV1:
    return WorkerRegisteredV1(
        worker=event.worker,
        survey=event.survey,
        household_region=event.household_region,
        groups=tuple(
            GroupMembership(group=each.group, valid_from=each.valid_from, valid_to=each.valid_to)
            for each in event.groups
        ),
    )
