"""What is said to other provinces: events that name whom they are sent to."""

from typing import Annotated

from pydantic import Field

from contracts.public_event import PublicEvent, RegionDigits


class Addressed(PublicEvent):
    """Besides the province's own readers, the same service of these provinces gets it through the exchange."""

    to: Annotated[
        tuple[RegionDigits, ...],
        Field(max_length=34, description="Provinces that it is sent to; empty: it stays in its own"),
    ]


def addressees(event: PublicEvent) -> tuple[str, ...]:
    """Provinces that the event is sent to."""
    return event.to if isinstance(event, Addressed) else ()
