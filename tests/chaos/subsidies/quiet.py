"""Waits until nothing is under way any more in any service and at the bank, as an operator would see it: own SQL, no
code of the runtime or the bank."""

import asyncio
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

import asyncpg

from tests.chaos.quiet import GONE, NotQuiet

_BEHIND: Final = """
select c.reader, l.last - c.position
from log.checkpoints c,
     (select greatest((select max(position) from log.events), (select max(position) from log.inbox), 0) as last) l
where c.position <> l.last
"""
_UNDERWAY: Final = "select file, state from sent where state in ('due', 'sent', 'copy')"
_STEP: Final = 0.15
_CALM: Final = 3
"""Looks in a row at which nothing moved: a fact between two services is seen by neither."""


async def wait(databases: Mapping[str, str], bank: Path, seconds: float) -> None:
    """Until every reader is at the end of its log and the bank has no file under way. NotQuiet."""
    began, calm = time.monotonic(), 0
    while calm < _CALM:
        try:
            found = [line for name, url in databases.items() for line in await _behind(name, url)]
            found += at_the_bank(bank)
        except (*GONE, sqlite3.OperationalError) as error:
            found = [f"a store is away: {error!r}"]
        calm = 0 if found else calm + 1
        if found and time.monotonic() - began > seconds:
            raise NotQuiet(f"after {seconds:.0f} s: {', '.join(found)}")
        await asyncio.sleep(_STEP)


async def _behind(name: str, url: str) -> list[str]:
    connection = await asyncpg.connect(url, timeout=5, command_timeout=10)
    try:
        return [f"{name} {reader} is {lag} behind" for reader, lag in await connection.fetch(_BEHIND)]
    finally:
        await connection.close(timeout=5)


def at_the_bank(folder: Path) -> list[str]:
    """Files that the bank has to send, or that nobody has put away yet."""
    with closing(sqlite3.connect(f"file:{folder / 'bank.sqlite'}?mode=ro", uri=True, timeout=5)) as store:
        due = [f"{file} is {state}" for file, state in store.execute(_UNDERWAY)]
    waiting = [*(folder / "to-bank").glob("*.*"), *(folder / "from-bank").glob("*.*")]
    return due + [f"{each.name} waits" for each in waiting if each.is_file() and not each.name.startswith(".")]
