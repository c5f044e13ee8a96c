"""What becomes public of this service's facts."""

from typing import Any

from contracts.public_event import PublicEvent
from eventcore import Fact

from placement.jobs import publishing as jobs
from placement.offers import publishing as offers
from placement.transfers import publishing as transfers


def publish(fact: Fact[Any]) -> PublicEvent | None:
    """A pure function of the event alone, so that a replay sends the same bytes."""
    return published(fact.event)


def published(event: object) -> PublicEvent | None:
    """Each folder knows its own events, and says nothing of others."""
    return offers.publish(event) or transfers.publish(event) or jobs.publish(event)
