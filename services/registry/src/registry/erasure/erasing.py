"""Carrying an erasure out: the numbers that the worker holds now, and the signs by which they are compared, come with
the command."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from eventcore.readers import queries
from eventcore.store import Answer, Order, Store, handle
from sqlalchemy import ARRAY, String, bindparam, select

from registry.duplicates.views.signs import SIGNS
from registry.privacy.commands import ErasePersonalData
from registry.surveys.survey import PERSON
from registry.workers.pairs import LINKED
from registry.workers.privacy import NumbersMoved
from registry.workers.worker import WORKER

TRIES: Final = 4
_HELD: Final = "select key from log.guards where scope = $1 and holder = $2 order by key limit 100"
_TABLE: Final = SIGNS.definition
_SIGNS: Final = queries.Query(
    select(_TABLE.c.sign)
    .where(_TABLE.c.workers.op("&&")(bindparam("workers", type_=ARRAY(String))))
    .order_by(_TABLE.c.sign)
    .limit(1000)
)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Held:
    """Blind indexes of a worker: numbers, and signs as `<kind>:<index>`."""

    numbers: tuple[str, ...]
    signs: tuple[str, ...]
    linked: tuple[str, ...]
    """Workers that were found to be this one."""


async def held_by(store: Store, worker: str) -> Held:
    """What the worker holds, with the signs of whoever was found to be them. Unavailable."""
    with queries.reading():
        numbers = [row["key"] for row in await store.pool.fetch(_HELD, PERSON, worker)]
        linked = [row["key"] for row in await store.pool.fetch(_HELD, LINKED, worker)]
    signs = [row["sign"] for row in await _SIGNS.fetch(store.pool, workers=[worker, *linked])]
    return Held(tuple(numbers), tuple(signs), tuple(linked))


async def with_what_is_held(store: Store, worker: str, do: Callable[[Held], Awaitable[T]]) -> T:
    """Does it with what the worker holds; again where that moved meanwhile. NumbersMoved, Unavailable."""
    for _ in range(TRIES - 1):
        try:
            return await do(await held_by(store, worker))
        except NumbersMoved:
            continue
    return await do(await held_by(store, worker))


async def erase(store: Store, command: Callable[[Held], ErasePersonalData], worker: str, id: str) -> Answer:
    """Appends the erasure, once for the id."""
    return await with_what_is_held(
        store, worker, lambda held: handle(store, WORKER, worker, command(held), Order(id=id))
    )
