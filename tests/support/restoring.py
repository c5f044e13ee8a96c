"""A log that was restored, and speaks to another province again."""

from datetime import UTC, datetime

from eventcore.exchange.envelopes import Corner, Place, Signer
from eventcore.exchange.outbound import OUTBOUND, OpenSeries, key_of
from eventcore.roll import ROLL, LogReadAgain, SayOfRoll
from eventcore.store import Order, Store, handle

AT = datetime(2026, 3, 5, tzinfo=UTC)


async def speaks_anew(store: Store, service: str, region: str, peer: str) -> None:
    """The pair agrees, in a new series, as when the exchange has gone back and forth."""
    await reads_again(store, region)
    incarnation = await store.pool.fetchval("select incarnation from log.head")
    await store.pool.execute("insert into log.pairs (region, agreed) values ($1, $2)", peer, incarnation)
    series = OpenSeries(
        corner=Corner(region, service, incarnation),
        signer=Signer(bytes(32)),
        at=AT,
        region=peer,
        series=1,
        previous=0,
        base=Place(),
        position=0,
    )
    await handle(store, OUTBOUND, key_of(peer, 1), series, Order(id="series-1"))


async def reads_again(store: Store, region: str) -> None:
    """What it follows in its own province is taken in once more."""
    incarnation = await store.pool.fetchval("select incarnation from log.head")
    read = LogReadAgain(incarnation=incarnation, region=region)
    await handle(store, ROLL, incarnation, SayOfRoll(event=read), Order(id=f"inbox/{incarnation}"))
