"""A consumer group of two processes that fills the inbox while its members leave, die and are replaced."""

import itertools
import sys
from dataclasses import dataclass, field
from pathlib import Path

from logs import LogUrls

from tests.order.crew import Crew, Worker
from tests.order.plan import MemberTold, ProducerTold


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a run happens: an empty log, a broker with a word for its topics, a folder for journals."""

    urls: LogUrls
    folder: Path
    bootstrap: str = ""
    prefix: str = ""

    def file(self, name: str) -> Path:
        return self.folder / f"{name}.tsv"


@dataclass(slots=True)
class Group:
    crew: Crew
    place: Place
    pair: list[tuple[int, Worker]] = field(default_factory=list)
    """Member number and process, the older first."""
    producer: Worker | None = None
    started: int = 0
    _fresh: "itertools.count[int]" = field(default_factory=itertools.count)

    async def start(self, seed: int, count: int, first: int) -> None:
        """Both members, and who sends them so many different messages, the first of them at once."""
        told = ProducerTold(bootstrap=self.place.bootstrap, prefix=self.place.prefix, seed=seed, count=count)
        self.producer = await self.crew.start("producer", told)
        self.produce(first)
        for _ in range(2):
            await self._join(next(self._fresh))

    def produce(self, until: int) -> None:
        """So many different messages may be out."""
        if self.producer:
            self.producer.tell(str(until))

    def alive(self) -> bool:
        return any(not worker.ended for _, worker in self.pair)

    async def disturb(self, turn: int) -> None:
        """By turns: a new one joins and the oldest leaves, so partitions move; one dies and comes back as itself."""
        number, oldest = self.pair.pop(0)
        if turn % 2:
            await self._join(next(self._fresh))
            await self.crew.leave(oldest)
        else:
            await self.crew.kill(oldest)
            await self._join(number)

    async def leave(self) -> None:
        """The producer says the rest, if there is any, and both members go."""
        if self.producer:
            self.produce(sys.maxsize)
            await self.crew.finish(self.producer)
        for _, worker in self.pair:
            await self.crew.leave(worker)

    async def _join(self, number: int) -> None:
        told = MemberTold(
            url=self.place.urls.app,
            bootstrap=self.place.bootstrap,
            prefix=self.place.prefix,
            number=number,
            journal=str(self.place.file(f"member-{self.started}")),
        )
        self.started += 1
        self.pair.append((number, await self.crew.start("member", told)))
