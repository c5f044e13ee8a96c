"""Waits until nothing is under way any more, as an operator would see it: own SQL, no code of the runtime."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import asyncpg

from tests.chaos.evidence import PRIVATE

_STANDING: Final = """
select c.reader, c.position, l.last
from log.checkpoints c,
     (select greatest((select max(position) from log.events), (select max(position) from log.inbox), 0) as last) l
"""
_COUNTS: Final = """
select (select count(*) from log.events where type <> all($1::text[])), (select count(*) from log.inbox)
"""
GONE: Final = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)


class NotQuiet(Exception):
    """Something is still under way after the time that it may take; the text says what."""


@dataclass(frozen=True, slots=True)
class Lag:
    """What is under way. `behind`: readers and how far they are behind their log."""

    behind: Mapping[str, int]
    not_taken_in: int

    def __bool__(self) -> bool:
        return bool(self.behind) or self.not_taken_in != 0


async def wait(registry: str, reporting: str, seconds: float) -> float:
    """Until every reader is at the end of its log and reporting has what is public; how long that took. NotQuiet."""
    began = time.monotonic()
    while True:
        try:
            lag = await look(registry, reporting)
            text = f"behind: {dict(lag.behind)}, not taken in: {lag.not_taken_in}"
        except GONE as error:
            lag, text = Lag({}, -1), f"a database is away: {error!r}"
        if not lag:
            return time.monotonic() - began
        if time.monotonic() - began > seconds:
            raise NotQuiet(f"after {seconds:.0f} s {text}")
        await asyncio.sleep(0.2)


async def look(registry: str, reporting: str) -> Lag:
    behind: dict[str, int] = {}
    totals = []
    for name, url in (("registry", registry), ("reporting", reporting)):
        connection = await asyncpg.connect(url, timeout=5, command_timeout=10)
        try:
            standing = await connection.fetch(_STANDING)
            totals.append(await connection.fetchrow(_COUNTS, [*PRIVATE]))
        finally:
            await connection.close(timeout=5)
        behind |= {f"{name} {reader}": last - at for reader, at, last in standing if at != last}
    return Lag(behind, totals[0][0] - totals[1][1])
