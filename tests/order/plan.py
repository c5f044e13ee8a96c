"""What a run is made of, as a function of its seed, and what each of its processes is told. Plain Python: the
checker uses it too, and shares nothing with the runtime."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Final

OWN_TYPE: Final = "counted"
FOREIGN_TYPE: Final = "counted.v1"
SOURCES: Final = ("/cn/520000/counting", "/cn/520000/recounting")
"""Both use the same streams and ids: only source and id together name a message."""
WRITERS: Final = 2
TASKS: Final = 8
"""In each writer."""
CALL: Final = 64
"""Commands of one call at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One public event of another service."""

    source: str
    stream: str
    version: int

    @property
    def id(self) -> str:
        return f"{self.stream}/{self.version}/{FOREIGN_TYPE}"

    @property
    def value(self) -> bytes:
        return json.dumps({"from": self.source, "stream": self.stream, "version": self.version}).encode()


def messages(seed: int, count: int) -> Sequence[Message]:
    """What the other services say, in order: versions of a stream rise strictly, with gaps."""
    dice, versions = random.Random(f"messages {seed}"), dict[tuple[str, str], int]()
    said = []
    for _ in range(count):
        source, stream = dice.choice(SOURCES), f"count-{dice.randrange(max(count // 50, 10))}"
        versions[source, stream] = versions.get((source, stream), 0) + dice.choice((1, 1, 1, 2, 7))
        said.append(Message(source=source, stream=stream, version=versions[source, stream]))
    return said


def sendings(seed: int, said: Sequence[Message], batch: int) -> Iterator[tuple[int, Sequence[Message]]]:
    """Batches for the broker, and how many different messages are out with each. Now and then the last ones come
    again, as from a relay that lost its checkpoint."""
    dice = random.Random(f"sendings {seed}")
    for first in range(0, len(said), batch):
        until = min(first + batch, len(said))
        yield until, said[first:until]
        if dice.random() < 0.25:
            yield until, said[max(until - dice.randrange(1, batch), 0) : until]


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterTold:
    url: str
    seed: int
    number: int
    events: int
    journal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderTold:
    url: str
    own: bool
    foreign: bool
    live: str
    again: str
    """Journals of the first pass, beside the writers, and of the second, from position 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberTold:
    url: str
    bootstrap: str
    prefix: str
    number: int
    journal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProducerTold:
    bootstrap: str
    prefix: str
    seed: int
    count: int


def told(what: WriterTold | ReaderTold | MemberTold | ProducerTold) -> str:
    """As a command-line argument."""
    return json.dumps(asdict(what))


def topic(prefix: str, source: str) -> str:
    """Where a source publishes."""
    return f"{prefix}.{source.rpartition('/')[2]}.count.1"
