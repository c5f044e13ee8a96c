"""Clients inside this process, and what became of what they asked."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """`latencies` in seconds, in no order."""

    seconds: float
    latencies: Sequence[float]

    @property
    def rate(self) -> float:
        """Operations a second."""
        return len(self.latencies) / self.seconds

    def quantile(self, share: float) -> float:
        """Milliseconds within which this share was done."""
        return quantile(self.latencies, share) * 1000


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share does not exceed."""
    return sorted(values)[max(0, min(len(values) - 1, round(share * len(values)) - 1))]


async def closed(jobs: Iterable[T], do: Callable[[T], Awaitable[object]], clients: int) -> Load:
    """So many clients; each sends its next command when the last is answered."""
    queue, latencies = iter(jobs), list[float]()
    started = time.perf_counter()

    async def client() -> None:
        for job in queue:
            sent = time.perf_counter()
            await do(job)
            latencies.append(time.perf_counter() - sent)

    async with asyncio.TaskGroup() as group:
        for _ in range(clients):
            group.create_task(client())
    return Load(seconds=time.perf_counter() - started, latencies=latencies)


async def steady(jobs: Iterable[T], do: Callable[[T], Awaitable[object]], rate: float) -> Load:
    """A command every `1 / rate` seconds, whatever became of those before; latencies count from when it was due."""
    latencies = list[float]()
    started = time.perf_counter()

    async def one(job: T, due: float) -> None:
        await do(job)
        latencies.append(time.perf_counter() - due)

    async with asyncio.TaskGroup() as group:
        for n, job in enumerate(jobs):
            due = started + n / rate
            if (early := due - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            group.create_task(one(job, due))
    return Load(seconds=time.perf_counter() - started, latencies=latencies)
