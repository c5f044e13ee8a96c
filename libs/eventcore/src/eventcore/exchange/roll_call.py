"""Who calls the roll, and who waits for the answers: a log that was restored."""

from typing import Any, Final

from eventcore.database import Pool
from eventcore.deeds import carried_out, was_restored
from eventcore.exchange.outbound import SeriesOpened
from eventcore.exchange.pairs import pairs_agree
from eventcore.facts import Fact
from eventcore.roll import ROLL, LogReadAgain, RollAnswerNoted, RollCalled, SayOfRoll
from eventcore.store import Store

SENTENCE: Final = "when_a_restored_log_opens_a_series_the_roll_is_called"
_ANSWERED: Final = """
with said as (
    select e.type, convert_from(e.data, 'utf8')::jsonb ->> 'region' as region
    from log.events e, log.head h where e.stream_id = 'roll-' || h.incarnation)
select restored_at is null or ($3 and not exists (select from said))
    or (exists (select from said where type = $2) and not exists (
        select from log.pairs p where not exists (select from said s where s.type = $1 and s.region = p.region)))
from log.head
"""


class Caller:
    """Calls each province when a series to it begins, where the log is one that can have lost something."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def call(self, fact: Fact[Any]) -> None:
        """Unavailable."""
        opened: SeriesOpened = fact.event
        if await was_restored(self._store.pool):
            called = RollCalled(incarnation=opened.incarnation, region=opened.region, to=(opened.region,))
            await carried_out(self._store, fact, SENTENCE, ROLL, opened.incarnation, SayOfRoll(event=called))


async def roll_is_answered(pool: Pool) -> bool:
    """Whether all have answered the call of this incarnation, and the own province is read again; true of a log that
    was never restored. Unavailable."""
    return bool(await pool.fetchval(_ANSWERED, RollAnswerNoted.type, LogReadAgain.type, False))


async def may_act(pool: Pool) -> bool:
    """Whether anybody may be acted for: the pairs agree, and who was called has answered; not every service calls.
    Unavailable."""
    if not await pairs_agree(pool):
        return False
    return bool(await pool.fetchval(_ANSWERED, RollAnswerNoted.type, LogReadAgain.type, True))
