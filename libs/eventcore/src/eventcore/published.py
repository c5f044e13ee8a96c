"""The border to the published language: `eventcore` knows that public events exist, not what they say.

Services hand in `contracts.dialect`, which fits `Dialect`; `publishing.py` of each kind of stream makes the events.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeAlias

from eventcore.facts import Fact

Header = tuple[str, bytes]
Publishing: TypeAlias = Callable[[Fact[Any]], Any | None]
"""Private fact -> public event, or nothing. Pure."""
Unpacked: TypeAlias = tuple[Any, int, datetime, str, str, str]
"""A public event and what its envelope says: version, when it occurred, correlation, causation, trace."""


class Packed(Protocol):
    """A record for Kafka."""

    @property
    def topic(self) -> str: ...
    @property
    def key(self) -> bytes: ...
    @property
    def value(self) -> bytes: ...
    @property
    def headers(self) -> Sequence[Header]: ...


class Dialect(Protocol):
    """The published language in bytes. The same fact always gives the same bytes, so that a replay is no news."""

    def pack(
        self,
        event: Any,
        *,
        region: str,
        service: str,
        stream: str,
        version: int,
        position: int,
        incarnation: str,
        occurred_at: datetime,
        recorded_at: datetime,
        correlation: str,
        causation: str,
        trace: str,
    ) -> Packed:
        """The record and its topic."""

    def unpack(self, key: bytes, value: bytes, headers: Sequence[Header]) -> Unpacked:
        """Any exception: these bytes are not what they say they are."""


def packed(dialect: Dialect, fact: Fact[Any], event: Any, *, region: str, service: str, incarnation: str) -> Packed:
    """A public event of this service with its envelope."""
    return dialect.pack(
        event,
        region=region,
        service=service,
        stream=fact.stream,
        version=fact.version,
        position=fact.position,
        incarnation=incarnation,
        occurred_at=fact.occurred_at,
        recorded_at=fact.recorded_at,
        correlation=fact.meta.correlation or fact.id,
        causation=fact.meta.causation,
        trace=fact.meta.trace,
    )
