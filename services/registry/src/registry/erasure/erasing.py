"""Carrying an erasure out: the numbers that the worker holds now come with the command."""

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from eventcore.readers import queries
from eventcore.store import Answer, Order, Store, handle

from registry.surveys.survey import PERSON
from registry.workers.privacy import NumbersMoved
from registry.workers.privacy_commands import ErasePersonalData
from registry.workers.worker import WORKER

TRIES: Final = 4
_HELD: Final = "select key from log.guards where scope = $1 and holder = $2 order by key limit 100"
T = TypeVar("T")


async def numbers_of(store: Store, worker: str) -> tuple[str, ...]:
    """Blind indexes that the worker holds. Unavailable."""
    with queries.reading():
        return tuple(row["key"] for row in await store.pool.fetch(_HELD, PERSON, worker))


async def with_numbers(store: Store, worker: str, do: Callable[[tuple[str, ...]], Awaitable[T]]) -> T:
    """Does it with the worker's numbers; again where they moved meanwhile. NumbersMoved, Unavailable."""
    for _ in range(TRIES - 1):
        try:
            return await do(await numbers_of(store, worker))
        except NumbersMoved:
            continue
    return await do(await numbers_of(store, worker))


async def erase(store: Store, command: Callable[[tuple[str, ...]], ErasePersonalData], worker: str, id: str) -> Answer:
    """Appends the erasure, once for the id."""
    return await with_numbers(
        store, worker, lambda numbers: handle(store, WORKER, worker, command(numbers), Order(id=id))
    )
