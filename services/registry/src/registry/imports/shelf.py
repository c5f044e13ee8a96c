"""Where the files of imports and their verdicts lie: sealed, in pieces, until the term of their import."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import msgspec
from eventcore.database import Pool
from eventcore.readers.queries import reading

from registry.imports.roster_import import IMPORT
from registry.imports.sealing import seal, unseal
from registry.rosters import Verdict
from registry.vault import Vault

PIECE: Final = 1 << 20
PATIENCE: Final = timedelta(hours=1)
"""A file whose import was not started by then never will be."""

_PUT_PIECE: Final = "insert into imports.files (import, n, sealed) values ($1, $2, $3)"
_PIECES: Final = "select sealed from imports.files where import = $1 order by n"
_PUT_ROSTER: Final = "insert into imports.rosters values ($1, $2, $3) on conflict do nothing"
_ROSTER: Final = "select rows, sealed from imports.rosters where import = $1"
_PUT_VERDICTS: Final = """
insert into imports.verdicts values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing
"""
_COUNTS: Final = "select n, recorded, again, unchanged, refused from imports.verdicts where import = $1 order by n"
_VERDICTS: Final = """
select n, sealed from imports.verdicts
where import = $1 and n >= $2 and case $3 when 'recorded' then recorded > 0 when 'again' then again > 0
    when 'unchanged' then unchanged > 0 when 'refused' then refused <> '{}' else true end
order by n limit $4
"""
_CLEAR: Final = (
    "delete from imports.files where import = $1",
    "delete from imports.rosters where import = $1",
    "delete from imports.verdicts where import = $1",
)
_ORPHANS: Final = """
delete from imports.files f where put_at < clock_timestamp() - $1::interval
and not exists (select 1 from log.events where stream_id = $2 || f.import)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a file turned out to hold, beside its rows."""

    sheets: tuple[str, ...]
    ignored_columns: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Counts:
    """Rows by what became of them."""

    pieces: set[int] = field(default_factory=set)
    recorded: int = 0
    again: int = 0
    unchanged: int = 0
    refused: "Counter[str]" = field(default_factory=Counter)

    @property
    def judged(self) -> int:
        return self.recorded + self.again + self.unchanged + self.refused.total()


class FileIncomplete(Exception):
    """A piece of the file is not there."""


_decode_contents: Final = msgspec.json.Decoder(Contents).decode
_decode_verdicts: Final = msgspec.json.Decoder(list[Verdict]).decode
_decode_codes: Final = msgspec.json.Decoder(dict[str, int]).decode


class Shelf:
    """The shelves of all imports. Everything may raise Unavailable; what opens something, vault.KeyGone."""

    def __init__(self, pool: Pool, vault: Vault) -> None:
        self._pool = pool
        self._vault = vault

    async def put_file(self, key: str, data: bytes) -> int:
        """In how many pieces it lies there now."""
        pieces = [data[at : at + PIECE] for at in range(0, len(data), PIECE)]
        for n, piece in enumerate(pieces):
            sealed = await seal(self._vault, key, f"file/{n}/{len(pieces)}", piece)
            with reading():
                await self._pool.execute(_PUT_PIECE, key, n, sealed)
        return len(pieces)

    async def file(self, key: str, pieces: int) -> bytes:
        """The file as it was uploaded. FileIncomplete."""
        with reading():
            found = [record["sealed"] for record in await self._pool.fetch(_PIECES, key)]
        if len(found) != pieces:
            raise FileIncomplete(key)
        opened = [await unseal(self._vault, key, f"file/{n}/{pieces}", each) for n, each in enumerate(found)]
        return b"".join(opened)

    async def put_contents(self, key: str, rows: int, contents: Contents) -> None:
        """Again is harmless."""
        sealed = await seal(self._vault, key, "roster", msgspec.json.encode(contents))
        with reading():
            await self._pool.execute(_PUT_ROSTER, key, rows, sealed)

    async def contents(self, key: str) -> tuple[int, Contents] | None:
        """How many rows, and what else; None before the file was read."""
        with reading():
            record = await self._pool.fetchrow(_ROSTER, key)
        if record is None:
            return None
        return record["rows"], _decode_contents(await unseal(self._vault, key, "roster", record["sealed"]))

    async def put_verdicts(self, key: str, n: int, verdicts: Sequence[Verdict]) -> None:
        """Those of one piece of the rows; the first time counts."""
        words = Counter(each.verdict for each in verdicts)
        codes = Counter(each.code or "" for each in verdicts if each.verdict == "refused")
        sealed = await seal(self._vault, key, f"verdicts/{n}", msgspec.json.encode(verdicts))
        counts = words["recorded"], words["again"], words["unchanged"], msgspec.json.encode(codes).decode()
        with reading():
            await self._pool.execute(_PUT_VERDICTS, key, n, *counts, sealed)

    async def counts(self, key: str) -> Counts:
        """Of the verdicts that are there."""
        with reading():
            records = await self._pool.fetch(_COUNTS, key)
        counts = Counts()
        for n, recorded, again, unchanged, refused in records:
            counts.pieces.add(n)
            counts.recorded += recorded
            counts.again += again
            counts.unchanged += unchanged
            counts.refused.update(_decode_codes(refused))
        return counts

    async def verdicts(
        self, key: str, first: int = 0, word: str | None = None, most: int = 1_000_000
    ) -> list[tuple[int, list[Verdict]]]:
        """Pieces from `first` on that hold this verdict, with all that is in them."""
        with reading():
            records = await self._pool.fetch(_VERDICTS, key, first, word, most)
        return [(n, _decode_verdicts(await unseal(self._vault, key, f"verdicts/{n}", sealed))) for n, sealed in records]

    async def clear(self, key: str) -> None:
        """Everything of this import, at once."""
        with reading():
            async with self._pool.acquire(timeout=5) as connection, connection.transaction():
                for statement in _CLEAR:
                    await connection.execute(statement, key)

    async def clear_orphans(self, patience: timedelta = PATIENCE) -> None:
        """Files whose import was never started."""
        with reading():
            await self._pool.execute(_ORPHANS, patience, IMPORT.stream(""))
