"""Questions and answers go to one province: that of the number, and back."""

from typing import assert_never

from contracts.identity import IdentityAnsweredV1, IdentityAskedV1
from contracts.public_event import PublicEvent

from registry.identity.events import AskEvent, IdentityAnswered, IdentityAsked, IdentityLearnt
from registry.telling import told


def publish(event: AskEvent | IdentityAnswered) -> PublicEvent | None:
    match event:
        case IdentityAsked():
            return told(IdentityAskedV1, event)
        case IdentityAnswered():
            return told(IdentityAnsweredV1, event)
        case IdentityLearnt():
            return None
        case _:
            assert_never(event)
