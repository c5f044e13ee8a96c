"""All public events, and the topic of each."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from contracts.public_event import PublicEvent
from contracts.topics import TOPICS, Topic

__all__ = ["EVENTS", "TOPICS", "Topic", "UnknownEvent", "read", "topic_of", "topics_of"]


class UnknownEvent(ValueError):
    """A type that this version of the contracts does not know. A reader that does not ask for it may pass it by."""

    code: Final = "public_event_unknown"


EVENTS: Final[Mapping[str, type[PublicEvent]]] = MappingProxyType(
    {event.type: event for topic in TOPICS for event in topic.events}
)


def topic_of(event_type: str) -> Topic:
    """Raises `UnknownEvent`."""
    for topic in TOPICS:
        if event_type in topic.types:
            return topic
    raise UnknownEvent(event_type)


def topics_of(service: str) -> tuple[Topic, ...]:
    return tuple(topic for topic in TOPICS if topic.service == service)


def read(event_type: str, data: bytes) -> PublicEvent:
    """The event of that type. Raises `UnknownEvent` or `UnreadableEvent`."""
    known = EVENTS.get(event_type)
    if known is None:
        raise UnknownEvent(event_type)
    return known.from_bytes(data)
