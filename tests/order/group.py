"""A consumer group of two processes that fills the inbox while its members leave, die and are replaced."""

import itertools
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

    async def start(self, seed: int, count: int) -> None:
        """Both members, and who sends them so many different messages."""
        told = ProducerTold(bootstrap=self.place.bootstrap, prefix=self.place.prefix, seed=seed, count=count)
        self.producer = await self.crew.start("producer", told)
        for _ in range(2):
            await self._join(next(self._fresh))

    def alive(self) -> bool:
        return any(not worker.ended for _, worker in self.pair)

    async def disturb(self, turn: int) -> None:
        """By turns: one leaves and a new one joins, which moves partitions; one dies and comes back as the same."""
        number, oldest = self.pair.pop(0)
        if turn % 2:
            await self.crew.kill(oldest)
            await self._join(number)
        else:
            await self.crew.leave(oldest)
            await self._join(next(self._fresh))

    async def leave(self) -> None:
        """Once nothing more is to come."""
        if self.producer:
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
