"""Policies: a fact of this service or of another leads to commands.

The id of a command comes from the fact's, so that sending it again changes nothing; commands and checkpoint go through
the door in one call.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeAlias

from eventcore import tracing
from eventcore.call import MAX_COMMANDS, Move
from eventcore.codec import Codec
from eventcore.database import Pool, Unavailable
from eventcore.facts import Fact
from eventcore.reactions import Do
from eventcore.readers import checkpoints
from eventcore.readers.checkpoints import Resumed
from eventcore.readers.facts import Facts, Pages
from eventcore.readers.loop import Work
from eventcore.store import Order, Store, Task, handle_many

When: TypeAlias = Callable[[Pool], Awaitable[bool]]
"""Asked before a command goes that follows by itself; while it says no, the command waits."""


@dataclass(frozen=True, slots=True)
class Policy:
    """`name` is the sentence of its file; `react` is pure."""

    name: str
    react: Callable[[Fact[Any]], Iterable[Do[Any]]]
    own: tuple[Codec, ...] = ()
    """Kinds of own streams whose facts it answers."""
    foreign: tuple[str, ...] = ()
    """Public event types of other services that it answers."""
    when: When | None = None


class PolicyWork(Work):
    """Sends a policy's commands. Facts may be applied again: the door knows the ids."""

    def __init__(self, store: Store, policy: Policy, pages: Pages) -> None:
        self.name = f"policy/{policy.name}"
        self.pages = pages
        self._store = store
        self._policy = policy

    async def apply(self, facts: Facts, expected: int, goal: int, resumed: Resumed | None = None) -> int | None:
        """In calls of at most 64 commands; a fact's commands stay together."""
        reached: int | None = expected
        wanted = self._tasks(facts)
        if wanted and self._policy.when and not await self._policy.when(self._store.pool):
            raise Unavailable
        if not wanted and not resumed:
            return goal if all(await checkpoints.pass_over(self._store.pool, [(self.name, expected, goal)])) else None
        for tasks, until in _calls(wanted, goal):
            aim = max(until, expected)
            with tracing.span(self.name, links=[task.order.meta.trace for task in tasks]):
                reached, done = await handle_many(self._store, tasks, Move(self.name, reached or 0, aim))
            if reached is None or reached < aim:
                return reached
            if resumed and not done:
                raise Unavailable  # a conflict: the stream stays parked, and is tried again
        if resumed:
            await checkpoints.resume(self._store.pool, self.name, resumed)
        return reached

    def _tasks(self, facts: Facts) -> list[Task]:
        return [
            Task(do.decider, do.key, do.command, self._order(fact, n), fact.position)
            for fact in facts
            for n, do in enumerate(self._policy.react(fact))
        ]

    def _order(self, fact: Fact[Any], n: int) -> Order:
        source = f"{fact.source}#" if fact.source else ""
        return Order(id=f"{self.name}/{source}{fact.id}/{n}", meta=fact.answered_by(self.name))


def _calls(tasks: Iterable[Task], goal: int) -> Iterator[tuple[Sequence[Task], int]]:
    """Splits at fact borders: each call brings the checkpoint to its last fact, the last one to the goal. A fact with
    more commands than a call has goes whole all the same."""
    call: list[Task] = []
    for _, of_fact in groupby(tasks, key=lambda task: task.fact):
        more = list(of_fact)
        if call and len(call) + len(more) > MAX_COMMANDS:
            yield call, call[-1].fact
            call = []
        call += more
    yield call, goal
