"""What other services may know of a household: its status and which workers belong to it."""

from contracts.registry import HouseholdStatusChangedV1

from registry.households.events import HouseholdEvent, HouseholdStatusChanged
from registry.telling import told


def publish(event: HouseholdEvent) -> HouseholdStatusChangedV1 | None:
    if not isinstance(event, HouseholdStatusChanged):
        return None
    return told(HouseholdStatusChangedV1, event, members=event.workers)
