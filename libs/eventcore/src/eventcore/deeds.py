"""Readers whose answer to a fact takes more than rules: keys, other streams, what only the log's head says.

The deed may be done again for the same fact: the commands in it have ids that come from the fact's. What it cannot do
for good parks the fact's stream, as everywhere.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, Final

from eventcore.call import Outcome
from eventcore.database import Pool
from eventcore.decider import Decider
from eventcore.facts import Fact
from eventcore.readers import checkpoints
from eventcore.readers.checkpoints import Resumed
from eventcore.readers.facts import Pages
from eventcore.readers.loop import Work
from eventcore.store import Answer, Order, Store, handle

Deed = Callable[[Fact[Any]], Awaitable[None]]
"""What is done for a fact."""
_RESTORED: Final = "select incarnation from log.head where restored_at is not null"
_ALL: Final = """
select not exists (select from unnest($1::text[]) r(reader) left join log.checkpoints c using (reader)
    where coalesce(c.position, 0) < (select pos from log.last()))
"""
_THROUGH: Final = """
select not exists (select from log.inbox where type = any($2)
    and position > coalesce((select position from log.checkpoints where reader = $1), 0))
"""


class Deeds(Work):
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
    id = f"policy/{sentence}/{source}{fact.id}/{decider.category}"
    order = Order(id=id, meta=fact.answered_by(sentence))
    return await handle(store, decider, key, command, order)


async def was_restored(pool: Pool) -> bool:
    """Whether this log is one that can have lost something."""
    return await restored_as(pool) is not None


async def restored_as(pool: Pool) -> str | None:
    """The log's incarnation, where it is one that can have lost something."""
    incarnation: str | None = await pool.fetchval(_RESTORED)
    return incarnation


async def is_through(pool: Pool, sentence: str, *types: str) -> bool:
    """Whether the policy, or the reader of deeds, has read all that is stored of these public types."""
    return bool(await pool.fetchval(_THROUGH, f"policy/{sentence}", types))


async def all_have_read(pool: Pool, sentences: Iterable[str]) -> bool:
    """Whether these policies have read the whole log: nothing that follows from it is outstanding."""
    return bool(await pool.fetchval(_ALL, [f"policy/{each}" for each in sentences]))
