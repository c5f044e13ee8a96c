"""What becomes public of this service's facts: certificates, and nothing of how they came about."""

from typing import Any, get_args

from contracts.public_event import PublicEvent
from eventcore import Fact

from certification.certificates import publishing as certificates
from certification.certificates.events import CertificateEvent


def publish(fact: Fact[Any]) -> PublicEvent | None:
    """A pure function of the event alone, so that a replay sends the same bytes."""
    return published(fact.event)


def published(event: object) -> PublicEvent | None:
    return certificates.publish(event) if isinstance(event, get_args(CertificateEvent)) else None
