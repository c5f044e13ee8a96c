"""A province's own Kafka: order within a partition, nothing lost, and after a crash some of it again."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from zlib import crc32

from contracts.catalogue import topic_of
from eventcore.facts import Fact

from tests.simulation.chance import Chance
from tests.simulation.node import Node

MOST: Final = 16
PARTITIONS: Final = 3


@dataclass(slots=True, eq=False, repr=False)
class Feed:
    """What one service takes in of another: a consumer's offsets in the other's partitions."""

    target: Node
    topics: frozenset[str]
    partitions: list[list[Fact[Any]]] = field(default_factory=lambda: [[] for _ in range(PARTITIONS)])
    offsets: list[int] = field(default_factory=lambda: [0] * PARTITIONS)
    left: int = 0

    def put(self, fact: Fact[Any]) -> None:
        """What was published; it stays where it is not followed."""
        if _topic(fact.event.type) in self.topics:
            self.partitions[crc32(fact.stream.encode()) % PARTITIONS].append(fact)
            self.left += 1

    def take(self, chance: Chance, now: datetime) -> None:
        """Some messages of one partition."""
        n = chance.one([n for n, part in enumerate(self.partitions) if self.offsets[n] < len(part)])
        until = min(len(self.partitions[n]), self.offsets[n] + chance.number(1, MOST))
        for fact in self.partitions[n][self.offsets[n] : until]:
            self.target.log.take_in(fact, now)
        self.left -= until - self.offsets[n]
        self.offsets[n] = until

    def crash(self, chance: Chance) -> None:
        """The last offsets were not committed."""
        self.offsets = [max(0, offset - chance.number(0, MOST)) for offset in self.offsets]
        self.left = sum(len(part) - offset for part, offset in zip(self.partitions, self.offsets, strict=True))


_topics: dict[str, str] = {}


def _topic(event_type: str) -> str:
    if event_type not in _topics:
        topic = topic_of(event_type)
        _topics[event_type] = f"{topic.service}.{topic.stream_kind}.{topic.series}"
    return _topics[event_type]
