"""A process that reads the log at full speed, beside those who write it, and then once more from the beginning.

Run as `python -m tests.order.reader TOLD`; a line of its standard input says up to which position.
"""

import asyncio
import json
import sys
from typing import Any, TextIO

from eventcore import Fact
from eventcore.database import Pool, connect
from eventcore.readers import Pages
from eventcore.readers.facts import PAGE, Page

from tests.order import journal
from tests.order.domain import CODEC, DIALECT
from tests.order.plan import FOREIGN_TYPE, ReaderTold
from tests.order.stdin import lines

REBUILD_PAGE = 97
"""Other borders between pages than in the first pass."""


async def live(pages: Pages, file: TextIO) -> tuple[int, int]:
    """Returns where it was told to end, and how often it stood at the end of the log while others wrote."""
    order, at, ends = asyncio.create_task((await lines()).readline()), 0, 0
    while not order.done() or at < int(order.result()):
        page = await turn(pages, at, file)
        ends += at < page.last and not page.full and not order.done()
        at = page.last
    return int(order.result()), ends


async def turn(pages: Pages, at: int, file: TextIO) -> Page:
    page = await pages.after(at)
    journal.write(file, (row(fact) for fact in page.facts))
    return page


def row(fact: Any) -> journal.Seen:
    if not isinstance(fact, Fact):
        raise TypeError(f"unreadable at {fact.position}: {fact.error!r}")
    return journal.Seen(fact.position, fact.source, fact.id)


def pages_of(told: ReaderTold, pool: Pool, size: int = PAGE) -> Pages:
    return Pages(pool, [CODEC] if told.own else [], DIALECT, (FOREIGN_TYPE,) if told.foreign else (), size)


async def main() -> None:
    told = ReaderTold(**json.loads(sys.argv[1]))
    pool = await connect(told.url, size=1)
    with journal.opened(told.live) as file:
        end, ends = await live(pages_of(told, pool), file)
    print(ends)
    with journal.opened(told.again) as file:
        pages, at = pages_of(told, pool, size=REBUILD_PAGE), 0
        while at < end:
            at = (await turn(pages, at, file)).last
    await pool.close()


if __name__ == "__main__":
    asyncio.run(main())
