"""What a restored home has lost of the reservations that it granted, the holders say again: each tells home that it
holds, and the exchange sends once more what a restored log does not have."""

from typing import Any, Final

from contracts.reservation import ReservationAskedV1, ReservationHeldV1, ReservationReleasedV1
from eventcore.database import Pool, Unavailable
from eventcore.deeds import carried_out, is_through, was_restored
from eventcore.exchange.pairs import pairs_agree
from eventcore.exchange.roll_call import roll_is_answered
from eventcore.facts import Fact
from eventcore.store import Store

from subsidy.claims.dossier.dossier import DOSSIER
from subsidy.claims.reservations.elsewhere import asker_of, once_of
from subsidy.claims.reservations.reservation import RESERVATION, Recover, names, reservation_key, what_of
from subsidy.legal_days import day_of
from subsidy.provinces import said_by

SENTENCE: Final = "when_a_province_says_that_it_holds_a_reservation_home_remembers_it"
_ASKS: Final = "when_another_province_asks_for_a_reservation_note_it"


class Home:
    """Notes what holders say of what they asked for and have not given back."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def note(self, fact: Fact[Any]) -> None:
        """Unavailable, in a restored log also until it has noted what others asked for and gave back."""
        held: ReservationHeldV1 = fact.event
        is_restored = await was_restored(self._store.pool)
        if is_restored and not await _requests_are_noted(self._store.pool):
            raise Unavailable
        dossier, _ = await self._store.state(DOSSIER, held.worker)
        placed = dossier.placed.get((said_by(fact.source), held.claim))
        if placed is None or placed.request.ask != held.ask:
            return
        once, today = once_of(placed), day_of(fact)
        command = Recover(
            what=what_of(once),
            holder=asker_of(placed),
            is_restored=is_restored,
            occupations=names(once.occupation, today),
        )
        await carried_out(self._store, fact, SENTENCE, RESERVATION, reservation_key(once, today), command)


async def _requests_are_noted(pool: Pool) -> bool:
    asked = await is_through(pool, _ASKS, ReservationAskedV1.type, ReservationReleasedV1.type)
    return asked and await pairs_agree(pool)


async def ledger_is_whole(pool: Pool) -> bool:
    """Before it grants anything a home has heard all that others hold, also by what was under way when it was lost:
    the pairs agree, everybody has answered, and what came is noted."""
    heard = await pairs_agree(pool) and await roll_is_answered(pool)
    return heard and await is_through(pool, SENTENCE, ReservationHeldV1.type)
