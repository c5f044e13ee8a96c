"""Readers by hand. A fact that its reader cannot read is an error of the test."""

from typing import Any

from eventcore.database import Pool, Unavailable
from eventcore.facts import Fact
from eventcore.readers import Work, checkpoints
from eventcore.readers.facts import PAGE, Page, decoded, following


def read(page: Page) -> list[Fact[Any]]:
    """The page's facts, all of them."""
    return [decoded(fact) for fact in page.facts]


async def drain(pool: Pool, *works: Work) -> None:
    """Readers to the end of the log, until none has anything left to do; one look serves all of them. Unavailable
    where all that are not there yet wait; one that met a conflict is asked again."""
    names = [work.name for work in works]
    at = dict(await pool.fetch("select reader, position from log.checkpoints where reader = any($1)", names))
    at |= {name: await checkpoints.position(pool, name) for name in names if name not in at}
    while True:
        end = await pool.fetchval("select pos from log.last()")
        first = min(at.values(), default=end)
        if first >= end:
            return
        lines, passed = await following(pool, first), []
        stood = dict(at)
        waits: Unavailable | None = None
        until = min(end, first + PAGE)
        for work in works:
            expected = at[work.name]
            page = work.pages.among([each for each in lines if expected < each.record["position"] <= until], until)
            if page.facts:
                try:
                    reached = await work.apply(read(page), expected, page.last)
                except Unavailable as error:
                    waits = error
                    continue
                assert reached is not None
                at[work.name] = reached
            elif expected < until:
                passed.append((work.name, expected, until))
                at[work.name] = until
        if passed:
            assert all(await checkpoints.pass_over(pool, passed))
        if waits and at == stood:
            raise waits
