"""Workers who got their id for another province, before anybody was surveyed here."""

from eventcore.store import Store

from registry.identity.answering import ANSWER, Answered
from registry.indexes.guards import MINTED
from registry.vault import Vault

ANSWERED_AT = 1
"""Version of the one event."""


async def answer_about(store: Store, worker: str) -> Answered | None:
    """The answer by which the worker got their id; None where it was by a survey. Unavailable."""
    if not (key := await _key(store, worker)):
        return None
    return (await store.state(ANSWER, key))[0]


async def number_of(store: Store, vault: Vault, worker: str) -> str | None:
    """The number of such a worker; None of all others. KeyGone, Unavailable."""
    answer = await answer_about(store, worker)
    if answer is None or answer.number is None:
        return None
    key = await _key(store, worker)
    return await vault.open(worker, f"{ANSWER.stream(key or '')}/{ANSWERED_AT}/number", answer.number)


async def _key(store: Store, worker: str) -> str | None:
    return (await store.loader.load((), [(MINTED, worker)])).holders.get((MINTED, worker))
