"""Policies: a fact of this service or of another leads to commands.

The id of a command comes from the fact's, so that sending it again changes nothing; commands and checkpoint go through
the door in one call.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from eventcore import tracing
from eventcore.call import MAX_COMMANDS, Move
from eventcore.codec import Codec
from eventcore.database import Pool, Unavailable
from eventcore.facts import Fact, Meta
from eventcore.reactions import Do
from eventcore.readers import checkpoints
from eventcore.readers.checkpoints import Resumed
from eventcore.readers.facts import Pages
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

    async def apply(
        self, facts: Sequence[Fact[Any]], expected: int, goal: int, resumed: Resumed | None = None
    ) -> int | None:
        """In calls of at most 64 commands; a fact's commands stay together."""
        reached: int | None = expected
        wanted = self._tasks(facts)
        if wanted and self._policy.when and not await self._policy.when(self._store.pool):
            raise Unavailable
        if not wanted and not resumed:
            return goal if all(await checkpoints.pass_over(self._store.pool, [(self.name, expected, goal)])) else None
        for tasks, until in _calls(wanted, goal if not resumed else None):
            aim = expected if resumed else until
            with tracing.span(self.name, links=[task.order.meta.trace for task in tasks]):
                reached, done = await handle_many(self._store, tasks, Move(self.name, reached or 0, aim))
            if reached is None or reached < aim:
                return reached
            if resumed and not done:
                raise Unavailable  # a conflict: the stream stays parked, and is tried again
        if resumed:
            await checkpoints.resume(self._store.pool, self.name, resumed)
        return reached

    def _tasks(self, facts: Sequence[Fact[Any]]) -> list[Task]:
        return [
            Task(do.decider, do.key, do.command, self._order(fact, n), fact.position)
            for fact in facts
            for n, do in enumerate(self._policy.react(fact))
        ]

    def _order(self, fact: Fact[Any], n: int) -> Order:
        source = f"{fact.source}#" if fact.source else ""
        meta = Meta(
            actor=self.name,
            organisation=fact.meta.organisation,
            causation=fact.id,
            correlation=fact.meta.correlation or fact.id,
            trace=fact.meta.trace,
        )
        return Order(id=f"{self.name}/{source}{fact.id}/{n}", meta=meta, occurred_at=None)


def _calls(tasks: Sequence[Task], goal: int | None) -> Iterable[tuple[Sequence[Task], int]]:
    """Splits at fact borders; each call moves the checkpoint to its last fact, the last one to the goal."""
    at = 0
    while at < len(tasks):
        until = min(at + MAX_COMMANDS, len(tasks))
        while at < until < len(tasks) and tasks[until].fact == tasks[until - 1].fact:
            until -= 1
        if until == at:  # a fact with more commands than that: they go together all the same
            until += sum(task.fact == tasks[at].fact for task in tasks)
        yield tasks[at:until], tasks[until - 1].fact
        at = until
    if goal is not None and (not tasks or tasks[-1].fact < goal):
        yield (), goal
