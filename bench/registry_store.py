"""The registry's own store, rules and vault in this process, and the commands that are sent through them."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

import uvloop
from eventcore import Decider, Take
from eventcore.call import Outcome
from eventcore.server import settle_memory
from eventcore.serving import opened
from eventcore.store import Store, Task, handle
from lb.deployment import Deployment
from registry.app import PROGRAM
from registry.surveys.survey import SURVEY
from registry.vault import NumberIndex

from bench import people
from bench.deployment import migrate, settings
from bench.load import Load, closed
from bench.plan import CLIENTS

GUARDED: Final = replace(
    SURVEY, effects=lambda before, event: (Take("bench", f"{event.worker}/{event.type}", event.worker),)
)
"""The registry's rules, where every event also takes a guard."""


class Registry:
    """Sends commands from `CLIENTS` clients. People are never surveyed twice."""

    def __init__(self, runner: asyncio.Runner, store: Store, index: NumberIndex) -> None:
        self.runner = runner
        self.store = store
        self._index = index
        self._surveyed = 0

    def surveys(self, count: int) -> tuple[list[str], Load]:
        """Surveys so many people; the keys of their streams."""
        jobs = self.strangers(count)
        return [job.key for job in jobs], self.run(jobs)

    def approvals(self, keys: Sequence[str], decider: Decider[Any, Any, Any] = SURVEY, *, cached: bool = True) -> Load:
        """Approves surveys. `cached`: with the states that the store remembers; else every stream is loaded."""
        at = datetime.now(UTC) - people.CLOCKS_APART
        jobs = [Task(decider, key, people.approve(at), people.order("li", at)) for key in keys]
        return self.run(jobs, self.store if cached else Store(self.store.pool, sealer=self.store.sealer))

    def run(self, jobs: Sequence[Task], store: Store | None = None) -> Load:
        """Carries out commands that are ready: what a route makes of a request is no part of the core."""
        return self.runner.run(closed(jobs, partial(self.carry_out, store or self.store), CLIENTS))

    def strangers(self, count: int) -> list[Task]:
        """Surveys of people who were never surveyed."""
        first, self._surveyed = self._surveyed, self._surveyed + count
        keys = [people.new_id() for _ in range(count)]
        return [
            Task(SURVEY, key, people.record(n, key, self._index), people.order("zhang"))
            for n, key in enumerate(keys, first)
        ]

    async def carry_out(self, store: Store, job: Task) -> None:
        """One command, which must be accepted."""
        answer = await handle(store, job.decider, job.key, job.command, job.order)
        if answer.outcome is not Outcome.ACCEPTED:
            raise RuntimeError(f"the command was not accepted: {answer.body!r}")


@contextmanager
def registry(deployment: Deployment) -> Iterator[Registry]:
    """The registry on fresh databases, its memory settled as in the service's process."""
    migrate(deployment, PROGRAM)
    given = settings(deployment, PROGRAM)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        opening = opened(PROGRAM, given)
        store = runner.run(opening.__aenter__())
        try:
            settle_memory()
            yield Registry(runner, store, NumberIndex(given.index_key()))
        finally:
            runner.run(opening.__aexit__(None, None, None))
