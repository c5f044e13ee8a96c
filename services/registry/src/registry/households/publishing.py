"""What other services may know of a household: its status and which workers belong to it."""

from contracts.registry import HouseholdStatusChangedV1

from registry.households.events import HouseholdEvent, HouseholdStatusChanged


def publish(event: HouseholdEvent) -> HouseholdStatusChangedV1 | None:
    if not isinstance(event, HouseholdStatusChanged):
        return None
    return HouseholdStatusChangedV1(
        household=event.household,
        region=event.region,
        status=event.status,
        valid_from=event.valid_from,
        valid_to=event.valid_to,
        members=event.workers,
        evidence=event.evidence,
        organisation=event.organisation,
    )
