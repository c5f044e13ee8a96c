"""A member of the consumer group that fills the inbox.

Run as `python -m tests.order.member TOLD`; leaves at the end of its standard input.
"""

import asyncio
import json
import sys
from collections.abc import Sequence
from contextlib import suppress

from eventcore.broker.consumer import Intake
from eventcore.broker.messages import Alarm, Incoming
from eventcore.broker.settings import BrokerSettings, ConsumerSettings, Limits
from eventcore.database import connect
from eventcore.inbox import Inbox
from eventcore.readers.lease import Leases
from eventcore.signal import Signal
from eventcore.worker import Membership

from tests.order import journal
from tests.order.plan import SOURCES, MemberTold, topic
from tests.order.stdin import lines

CONSUMER = ConsumerSettings(
    session_timeout_ms=2000, heartbeat_interval_ms=300, metadata_max_age_ms=500, max_poll_records=300
)
LIMITS = Limits(client_stop=1.0, backoff_most=0.2)


async def member(told: MemberTold) -> None:
    """Reads until it is cancelled."""
    pool, leases = await connect(told.url, size=2), Leases(told.url)
    inbox = Inbox(pool, Signal())
    with journal.opened(told.journal) as file:

        async def receive(batch: Sequence[Incoming]) -> None:
            await inbox.receive(batch)
            first = batch[0]
            journal.write(file, [journal.Received(first.topic, first.partition, first.offset, len(batch))])

        intake = Intake(
            BrokerSettings(
                bootstrap=told.bootstrap, client_id=f"order-{told.number}", consumer=CONSUMER, limits=LIMITS
            ),
            group=told.prefix,
            topics=[topic(told.prefix, source) for source in SOURCES],
            receive=receive,
            lease=Membership(leases, told.prefix, told.number),
            alarm=_tell,
        )
        try:
            await intake.run()
        finally:
            await leases.close()
            await pool.close()


def _tell(alarm: Alarm) -> None:
    print(alarm, flush=True)


async def main() -> None:
    reading = asyncio.create_task(member(MemberTold(**json.loads(sys.argv[1]))))
    leaving = asyncio.create_task((await lines()).read())
    await asyncio.wait([reading, leaving], return_when=asyncio.FIRST_COMPLETED)
    reading.cancel()
    with suppress(asyncio.CancelledError):
        await reading


if __name__ == "__main__":
    asyncio.run(main())
