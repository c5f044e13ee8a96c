"""Public events of any service, as its relay sends them, and as a reader gets them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol

from contracts import dialect
from contracts.public_event import PublicEvent, service_of
from eventcore.broker.messages import Incoming
from eventcore.facts import Fact, Meta

RECORDED_AT: Final = datetime(2026, 3, 1, tzinfo=UTC)


class Told(Protocol):
    """Takes messages in as from Kafka; returns when all views know them, unless `shown` is False."""

    async def __call__(self, *published: "Published", shown: bool = True) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A public event with its place in the stream that it belongs to."""

    event: PublicEvent
    stream: str
    version: int
    at: datetime
    trace: str = ""

    @property
    def id(self) -> str:
        """What consumers deduplicate by."""
        return f"{self.stream}/{self.version}/{self.event.type}"

    def fact(self, position: int, region: str = "520000") -> Fact[Any]:
        """As it is read from a log that took it in at this position, said in that province."""
        return Fact(
            event=self.event,
            id=self.id,
            stream=self.stream,
            version=self.version,
            position=position,
            occurred_at=self.at,
            recorded_at=RECORDED_AT + timedelta(seconds=position),
            meta=Meta(trace=self.trace),
            source=f"/cn/{region}/{service_of(self.event.type)}",
        )

    def message(self, offset: int, region: str = "520000") -> Incoming:
        """As it comes from Kafka."""
        packed = dialect.pack(
            self.event,
            region=region,
            service=service_of(self.event.type),
            stream=self.stream,
            version=self.version,
            position=offset + 1,
            incarnation=f"{service_of(self.event.type)}-log",
            occurred_at=self.at,
            recorded_at=self.at,
            correlation=f"{self.stream}/1",
            causation="",
            trace=self.trace,
        )
        headers = tuple(packed.headers)
        return Incoming(
            topic=packed.topic,
            partition=0,
            offset=offset,
            key=packed.key,
            value=packed.value,
            headers=headers,
        )
