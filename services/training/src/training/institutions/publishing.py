"""What other services may know of an institution: what it may teach, and that it may no more."""

from typing import assert_never

from contracts.public_event import PublicEvent
from contracts.training import BaseAccreditedV1, BaseRevokedV1

from training.institutions.events import (
    BaseAccredited,
    BaseReviewed,
    BaseRevoked,
    InstitutionEvent,
    InstitutionRegistered,
    MobileDeliveryFiled,
)


def publish(event: InstitutionEvent) -> PublicEvent | None:
    match event:
        case BaseAccredited():
            return BaseAccreditedV1(
                institution=event.institution,
                title=event.title,
                region=event.region,
                grade=event.grade,
                occupations=event.occupations,
                accredited_on=event.accredited_on,
                organisation=event.organisation,
            )
        case BaseRevoked():
            return BaseRevokedV1(
                institution=event.institution,
                ground=event.ground,
                revoked_on=event.revoked_on,
                void_from=event.void_from,
                organisation=event.organisation,
            )
        case InstitutionRegistered() | BaseReviewed() | MobileDeliveryFiled():
            return None
        case _:
            assert_never(event)
