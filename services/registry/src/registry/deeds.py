"""Readers whose answer to a fact takes more than rules: keys, the vault, the other provinces' keys.

The deed may be done again for the same fact: the commands in it have ids that come from the fact's. What it cannot do
for good parks the fact's stream, as everywhere.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from eventcore.call import Outcome
from eventcore.database import Pool
from eventcore.decider import Decider
from eventcore.facts import Fact, Meta
from eventcore.readers import checkpoints
from eventcore.readers.checkpoints import Resumed
from eventcore.readers.facts import Pages
from eventcore.readers.loop import Plain
from eventcore.store import Answer, Order, Store, handle

Deed = Callable[[Fact[Any]], Awaitable[None]]


class Deeds(Plain):
    """Does a deed for each fact, in order."""

    def __init__(self, name: str, pool: Pool, pages: Pages, deed: Deed) -> None:
        """`name` is the sentence, as of a policy."""
        self.name = f"policy/{name}"
        self.pages = pages
        self._pool = pool
        self._deed = deed

    async def apply(
        self, facts: Sequence[Fact[Any]], expected: int, goal: int, resumed: Resumed | None = None
    ) -> int | None:
        """The checkpoint moves after all of them."""
        for fact in facts:
            await self._deed(fact)
        if resumed:
            await checkpoints.resume(self._pool, self.name, resumed)
        else:
            await checkpoints.move(self._pool, self.name, expected, goal)
        return goal


async def carried_out(
    store: Store, fact: Fact[Any], sentence: str, decider: Decider[Any, Any, Any], key: str, command: Any
) -> bool:
    """Carries out what follows from a fact; False where the rules refuse. Contended, Undecided, Unavailable."""
    answer = await answered(store, fact, sentence, decider, key, command)
    return answer.outcome is not Outcome.REFUSED


async def answered(
    store: Store, fact: Fact[Any], sentence: str, decider: Decider[Any, Any, Any], key: str, command: Any
) -> Answer:
    """The same, with the answer."""
    source = f"{fact.source}#" if fact.source else ""
    meta = Meta(
        actor=sentence,
        organisation=fact.meta.organisation,
        causation=fact.id,
        correlation=fact.meta.correlation or fact.id,
        trace=fact.meta.trace,
    )
    order = Order(id=f"policy/{sentence}/{source}{fact.id}/{decider.category}", meta=meta)
    return await handle(store, decider, key, command, order)
