"""What others may know of employers: who is an employment base."""

from typing import assert_never

from contracts.placement import EmploymentBaseRevokedV1, EmploymentBaseSelectedV1
from contracts.public_event import PublicEvent

from placement.offers.employers.events import (
    BaseRevoked,
    BaseSelected,
    EmployerEvent,
    EmployerRegistered,
    TitleAwarded,
)


def publish(event: EmployerEvent) -> PublicEvent | None:
    match event:
        case BaseSelected():
            return EmploymentBaseSelectedV1(
                employer=event.employer,
                region=event.region,
                selected_on=event.selected_on,
                organisation=event.organisation,
            )
        case BaseRevoked():
            return EmploymentBaseRevokedV1(
                employer=event.employer,
                ground=event.ground,
                revoked_on=event.revoked_on,
                organisation=event.organisation,
            )
        case EmployerRegistered() | TitleAwarded():
            return None
        case _:
            assert_never(event)
