"""Readers by hand. A fact that its reader cannot read is an error of the test."""

from typing import Any

from eventcore.database import Pool
from eventcore.facts import Fact
from eventcore.readers import Page, Work, checkpoints
from eventcore.readers.facts import Unread


def read(page: Page) -> list[Fact[Any]]:
    """The page's facts, all of them."""
    facts: list[Fact[Any]] = []
    for fact in page.facts:
        if isinstance(fact, Unread):
            raise fact.error
        facts.append(fact)
    return facts


async def drain(pool: Pool, work: Work) -> None:
    """One reader to the end of the log."""
    position: int | None = await checkpoints.position(pool, work.name)
    while position is not None:
        page = await work.pages.after(position)
        if page.last == position:
            return
        position = await work.apply(read(page), position, page.last)
