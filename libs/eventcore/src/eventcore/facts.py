"""A fact: an event together with where, when and why it was recorded."""

from collections.abc import Iterable
from datetime import datetime
from typing import Generic, TypeVar

from msgspec import Struct

E_co = TypeVar("E_co", covariant=True)


class Meta(Struct, frozen=True, kw_only=True, gc=False):
    """Who did it, on what evidence, and what it follows from. Stored beside the event; never personal data."""

    command: str = ""
    actor: str = ""
    organisation: str = ""
    evidence: tuple[str, ...] = ()
    causation: str = ""
    """Id of the fact that a policy answered, empty for a human's command."""
    correlation: str = ""
    trace: str = ""
    """W3C traceparent of the span that caused the event."""
    reads: dict[str, int] = {}
    """stream -> version that the decision looked at."""


class Fact(Struct, Generic[E_co], frozen=True, kw_only=True, gc=False):
    """An event of this service, or a public event of another (then `source` names it)."""

    event: E_co
    id: str
    """Own: `stream/version`. Foreign: the public id `stream/version/type`."""
    stream: str
    version: int
    position: int
    """Place in this service's own log, shared by own and foreign facts."""
    occurred_at: datetime
    recorded_at: datetime
    meta: Meta
    source: str = ""
    """CloudEvents source of a foreign fact; empty for an own one."""

    def answered_by(self, actor: str) -> Meta:
        """What is noted of a command that follows from it."""
        by, flow, trace = self.meta.organisation, self.meta.correlation or self.id, self.meta.trace
        return Meta(actor=actor, organisation=by, causation=self.id, correlation=flow, trace=trace)


def category_of(stream: str, categories: Iterable[str]) -> str:
    """The kind of a stream: the longest category that its id begins with, for categories have hyphens too; empty where
    none fits."""
    return max((each for each in categories if stream.startswith(f"{each}-")), key=len, default="")
