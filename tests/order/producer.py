"""The other services: publishes the messages of the plan, some of them twice.

Run as `python -m tests.order.producer TOLD`; each line of its standard input says how many may be out.
"""

import asyncio
import json
import sys
from collections.abc import Sequence

from eventcore.broker.messages import BrokerLost, Outgoing
from eventcore.broker.producer import Publisher
from eventcore.broker.settings import BrokerSettings
from eventcore.broker.topics import TopicSpec
from eventcore.readers.facts import PAGE

from tests.order.plan import FOREIGN_TYPE, SOURCES, Message, ProducerTold, messages, sendings, topic
from tests.order.stdin import lines


def outgoing(prefix: str, message: Message) -> Outgoing:
    """A CloudEvent in binary mode."""
    return Outgoing(
        topic=topic(prefix, message.source),
        key=message.stream.encode(),
        value=message.value,
        headers=(
            ("ce_source", message.source.encode()),
            ("ce_id", message.id.encode()),
            ("ce_type", FOREIGN_TYPE.encode()),
            ("ce_time", b"2026-01-01T00:00:00+08:00"),
        ),
    )


async def publish(publisher: Publisher, batch: Sequence[Outgoing]) -> None:
    """As the relay does: what may not have arrived is sent again."""
    while True:
        try:
            await publisher.publish(batch)
        except BrokerLost as lost:
            print(lost, flush=True)
        else:
            return


async def main() -> None:
    told = ProducerTold(**json.loads(sys.argv[1]))
    settings = BrokerSettings(bootstrap=told.bootstrap, client_id="order")
    publisher = Publisher(settings, [TopicSpec(name=topic(told.prefix, source)) for source in SOURCES])
    try:
        allowed, orders = 0, await lines()
        for until, batch in sendings(told.seed, messages(told.seed, told.count), PAGE):
            while until > allowed:
                allowed = int(await orders.readline())
            await publish(publisher, [outgoing(told.prefix, message) for message in batch])
    finally:
        await publisher.close()


if __name__ == "__main__":
    asyncio.run(main())
