"""How PostgreSQL goes about what readers ask: no more work than the page is long, whatever it believes of the table."""

from typing import Any, cast

import pytest
from eventcore.database import Pool
from eventcore.readers import Pages
from eventcore.store import Store
from following import CODECS, seats

pytestmark = pytest.mark.postgres


class Explained:
    """A pool that answers with the plan, and keeps it."""

    def __init__(self, pool: Pool) -> None:
        self.plan = ""
        self._pool = pool

    async def fetch(self, statement: str, *arguments: Any) -> list[Any]:
        self.plan = "\n".join(row[0] for row in await self._pool.fetch(f"explain {statement}", *arguments))
        return []


async def test_a_page_is_read_along_the_index_and_sorted_by_nobody(pool: Pool, store: Store) -> None:
    await seats(store, *(f"n{number}" for number in range(300)))
    explained = Explained(pool)
    await Pages(cast(Any, explained), CODECS, size=20, known=CODECS[0].types()).after(0, until=300)
    assert "Index Scan using events_position" in explained.plan
