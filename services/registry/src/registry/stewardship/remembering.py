"""What a restored home has lost of its grants, the holders say again: each tells home that it holds, and the exchange
sends once more what a restored log does not have."""

from typing import Any, Final

from contracts.stewardship import StewardshipHeldV1
from eventcore.database import Pool
from eventcore.deeds import carried_out, is_through, was_restored
from eventcore.exchange.pairs import pairs_agree
from eventcore.exchange.roll_call import roll_is_answered
from eventcore.facts import Fact
from eventcore.store import Store

from registry.stewardship.commands import NoteHolding
from registry.stewardship.ledger import LEDGER
from registry.telling import teller

SENTENCE: Final = "when_a_province_says_that_it_holds_a_worker_home_remembers_it"


class Home:
    """Notes what holders say, and whether this log is one that can have lost something."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def note(self, fact: Fact[Any]) -> None:
        """Unavailable."""
        held: StewardshipHeldV1 = fact.event
        region = teller(fact, "registry")
        if region is None or region == held.home:
            return
        command = NoteHolding(
            worker=held.worker,
            home=held.home,
            epoch=held.epoch,
            region=region,
            is_restored=await was_restored(self._store.pool),
            organisation=held.organisation,
        )
        await carried_out(self._store, fact, SENTENCE, LEDGER, held.worker, command)


async def ledger_is_whole(pool: Pool) -> bool:
    """Before it grants anything a home has heard all that others hold, also by what was under way when it was lost:
    the pairs agree, everybody has answered, and what came is noted."""
    heard = await pairs_agree(pool) and await roll_is_answered(pool)
    return heard and await is_through(pool, SENTENCE, StewardshipHeldV1.type)
