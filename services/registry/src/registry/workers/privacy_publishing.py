"""What other services may know of the use of a worker's data: that it is restricted, or that they are gone."""

from typing import assert_never

from contracts.public_event import PublicEvent
from contracts.registry import PersonalDataErasedV1, UseRestrictedV1, UseRestrictionEndedV1

from registry.workers.privacy_events import (
    NumberReindexed,
    PersonalDataErased,
    PrivacyEvent,
    UseRestricted,
    UseRestrictionEnded,
)


def publish(event: PrivacyEvent) -> PublicEvent | None:
    match event:
        case UseRestricted():
            return UseRestrictedV1(
                worker=event.worker, ground=event.ground, until=event.until, organisation=event.organisation
            )
        case UseRestrictionEnded():
            return UseRestrictionEndedV1(worker=event.worker, organisation=event.organisation)
        case PersonalDataErased():
            return PersonalDataErasedV1(worker=event.worker, organisation=event.organisation)
        case NumberReindexed():
            return None
        case _:
            assert_never(event)
