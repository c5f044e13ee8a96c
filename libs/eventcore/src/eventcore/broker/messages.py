"""What crosses this package's border: messages, alarms, errors, and the lease."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

Partition: TypeAlias = tuple[str, int]
"""Topic and number."""
Offsets: TypeAlias = Mapping[Partition, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    topic: str
    key: bytes
    value: bytes
    headers: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    topic: str
    partition: int
    offset: int
    key: bytes
    value: bytes
    headers: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The highest acknowledged offset of each partition, and the cluster that acknowledged it."""

    cluster: str | None = None
    offsets: Offsets = field(default_factory=dict)


AlarmKind: TypeAlias = Literal[
    "offset_unknown", "offset_out_of_range", "topic_truncated", "cluster_changed", "source_refused"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """For an operator. `offset_unknown` is also what a new group or a new topic shows once for each partition."""

    kind: AlarmKind
    detail: str
    topic: str | None = None
    partition: int | None = None


class BrokerLost(Exception):
    """Transient: resume from the checkpoint. What was sent since may or may not be in the topic."""


class TopicTruncated(Exception):
    """A topic ends before what was acknowledged or consumed: begin again at 0. `topic` is None for a new cluster."""

    def __init__(self, topic: str | None, partition: int | None, detail: str) -> None:
        super().__init__(f"{topic or 'cluster'}/{partition}: {detail}")
        self.topic, self.partition, self.detail = topic, partition, detail


class MessageTooLarge(Exception):
    """A message is over the limit. Nothing of its batch was sent."""


class TopicDiffers(Exception):
    """A topic exists with another number of partitions than declared: keys would move and lose their order."""


class Refused(Exception):
    """Raised by the receiver: nothing further of this source may be taken from this partition."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.source = source


class MemberTaken(Exception):
    """Another living process uses the same member id: this one has to end."""


class LeaseLost(Exception):
    """The member id is no longer ours."""


class Lease(Protocol):
    """One process at a time holds a member id."""

    async def acquire(self) -> str:
        """Waits until a member id could be locked, and returns it."""

    def held(self) -> bool:
        """Whether the lock is still there. Called often: must not block."""
