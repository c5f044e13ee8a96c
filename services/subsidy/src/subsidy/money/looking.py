"""Streams and guards as they are now, for the readers that speak to the bank."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from eventcore.database import Pool
from eventcore.decider import Decider, S
from eventcore.facts import Fact, Meta
from eventcore.store import Order, Store, Task

from subsidy.money.bank.bank_file import BANK_FILE, BankFile
from subsidy.money.payees.payee import PAYEE, Accounts
from subsidy.money.payments.payment import ORDER, PAYMENT
from subsidy.money.payments.state import Payments

PART: Final = 500
"""Streams that are asked for at once."""

_CLAIMS: Final = "select key, holder from log.guards where scope = $1 and key = any($2::text[])"


async def states(store: Store, decider: Decider[Any, Any, S], keys: Iterable[str]) -> Mapping[str, S]:
    """The states of any number of streams, loaded anew. Unavailable."""
    wanted = list(dict.fromkeys(keys))
    found: dict[str, S] = {}
    for at in range(0, len(wanted), PART):
        part = await store.states(decider, wanted[at : at + PART])
        found |= {key: state for key, (state, _) in part.items()}
    return found


async def traces_of(store: Store, claims: Iterable[str]) -> Sequence[str]:
    """The traces that the newest events of these claims' payments belong to."""
    tasks = [Task(PAYMENT, key, None, Order(id="")) for key in dict.fromkeys(claims)]
    desk = await store.desk(tasks, fresh=False)
    return [desk.states[task.stream].trace for task in tasks]


async def file_state(store: Store, file: str) -> BankFile:
    """Where a file stands."""
    return (await store.state(BANK_FILE, file))[0]


async def payments_of(store: Store, claims: Iterable[str]) -> Mapping[str, Payments]:
    """Where the payments of these claims stand."""
    return await states(store, PAYMENT, claims)


async def accounts_of(store: Store, organisations: Iterable[str]) -> Mapping[str, Accounts]:
    """The accounts of these organisations."""
    return await states(store, PAYEE, organisations)


async def claims_of(pool: Pool, payments: Sequence[str]) -> Mapping[str, str]:
    """The claims of those orders that went to the bank."""
    rows = await pool.fetch(_CLAIMS, ORDER, list(payments))
    return {row["key"]: row["holder"] for row in rows}


def order(id: str, reader: str, because: Fact[Any] | None = None, **more: Any) -> Order:
    """A command of a reader, continuing the trace of the fact that it answers."""
    meta = because.answered_by(reader) if because else Meta(actor=reader)
    return Order(id=f"{reader}/{id}", meta=meta, **more)
