"""Waits until nothing is under way any more in either province and between them, as an operator would see it: own SQL,
no code of the runtime."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from typing import Final

import asyncpg

from tests.chaos import evidence
from tests.chaos.quiet import GONE, NotQuiet

_UNDERWAY: Final = """
select c.reader || ' is ' || l.last - c.position || ' behind'
from log.checkpoints c,
     (select greatest((select max(position) from log.events), (select max(position) from log.inbox), 0) as last) l
where c.position <> l.last
  and (c.reader not like 'exchange/%' or c.reader in (
       select 'exchange/' || key || '/' || holder from log.guards where scope = 'outbound'))
union all
select 'no receipt of ' || number - receipted_number || ' for ' || region from log.standing
where (series, number) <> (receipted_series, receipted_number)
union all
select region || ': ' || waits from log.standing where waits <> ''
union all
select stream_id || ' waits for ' || name from log.timers
where due_at < clock_timestamp() + (select clock_offset from log.head) + interval '20 seconds'
"""
"""Readers of series that have ended stand where they stood."""
FOLLOWS: Final = {
    "registry": ("placement.employment.1", "placement.permission.1", "placement.transfer.1"),
    "placement": ("registry.worker.1", "registry.stewardship.1"),
    "subsidy": ("registry.worker.1", "registry.stewardship.1", "certification.certificate.1"),
}
"""What each service takes in of the other in its province."""
_STEP: Final = 0.3
_CALM: Final = 4
"""Looks in a row at which nothing moved: what is between two services is seen by neither."""


async def wait(databases: Mapping[str, str], brokers: Mapping[str, str], seconds: float) -> None:
    """`databases`: by node; `brokers`: by region. NotQuiet."""
    began, calm = time.monotonic(), 0
    while calm < _CALM:
        try:
            found = [f"{name}: {line}" for name, url in databases.items() for line in await _underway(url)]
            if not found and calm == _CALM - 1:
                found = [line for name, url in databases.items() for line in await _not_taken_in(name, url, brokers)]
        except GONE as error:
            found = [f"a database is away: {error!r}"]
        calm = 0 if found else calm + 1
        if found and time.monotonic() - began > seconds:
            raise NotQuiet(f"after {seconds:.0f} s: {', '.join(found)}")
        await asyncio.sleep(_STEP)


async def _underway(url: str) -> Sequence[str]:
    connection = await asyncpg.connect(url, timeout=5, command_timeout=10)
    try:
        return [row[0] for row in await connection.fetch(_UNDERWAY)]
    finally:
        await connection.close(timeout=5)


async def _not_taken_in(name: str, url: str, brokers: Mapping[str, str]) -> Sequence[str]:
    """What lies in the province's own Kafka for a service, and not in its inbox."""
    service, _, region = name.partition("-")
    topics = [f"{region}.{topic}" for topic in FOLLOWS[service]]
    messages = await evidence.messages(brokers[region], topics)
    received, _ = await evidence.reporting_rows(url)
    late = {each.id for each in messages} - {each.id for each in received}
    return [f"{name} has not taken in {len(late)} facts"] if late else []
