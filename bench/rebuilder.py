"""Rebuilds a view of the registry: once for its speed, or in a process of its own, again and again until it is ended.

`python -m bench.rebuilder OWNER_URL` prints a line when it begins.
"""

import asyncio
import sys
import time
from typing import Final

from eventcore.database import connect
from eventcore.rebuild import rebuild
from registry.app import PROGRAM
from registry.surveys.views.pending import PENDING

PAGE: Final = 5_000
"""As `python -m registry rebuild` reads."""


async def speed(owner_url: str) -> float:
    """Events a second, from the first to the swap."""
    pool = await connect(owner_url, size=2)
    try:
        started = time.perf_counter()
        events = await rebuild(pool, PENDING, PROGRAM.service.pages_of(pool, PENDING, PAGE))
        return events / (time.perf_counter() - started)
    finally:
        await pool.close()


async def _for_ever(owner_url: str) -> None:
    print("begun", flush=True)
    while True:
        await speed(owner_url)


if __name__ == "__main__":
    asyncio.run(_for_ever(sys.argv[1]))
