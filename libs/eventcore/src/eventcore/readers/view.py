"""Views: a read model is its table, the keys that a fact touches, and `fold(row | None, fact) -> row | None`.

Rows and checkpoint move in one transaction. A view's table carries the fingerprint of its fold, so that every version
of the code feeds and reads its own: old and new run side by side, and a new one is built from the log while the old
one serves.
"""

import ast
import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

import msgspec
from sqlalchemy import Table
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement
from sqlmodel import SQLModel

from eventcore import tracing
from eventcore.codec import Codec
from eventcore.database import Connection, Pool
from eventcore.facts import Fact
from eventcore.failpoints import hit
from eventcore.readers import checkpoints
from eventcore.readers.checkpoints import Resumed
from eventcore.readers.facts import Facts, Pages
from eventcore.readers.loop import Work
from eventcore.readers.queries import DIALECT

R = TypeVar("R", bound=SQLModel)

SCHEMA: Final = "views"


class Row(SQLModel):
    """What a fold may make its rows of: every column is given, and taken as it is, because facts were checked when they
    were decided. A rebuild makes one for each event."""

    def __init__(self, **columns: Any) -> None:
        object.__setattr__(self, "__dict__", columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class View(Generic[R]):
    """One read model. `row` is the plain class that `fold` makes, `table` its SQLModel table (a subclass of it)."""

    row: type[R]
    table: type[R]
    keys: Callable[[Fact[Any]], Iterable[str]]
    fold: Callable[[R | None, Fact[Any]], R | None]
    own: tuple[Codec, ...] = ()
    """Kinds of own streams whose facts it folds."""
    foreign: tuple[str, ...] = ()
    """Public event types of other services that it folds."""
    start: Callable[[str], R | None] = lambda _: None
    """The row of a key that has none yet, for views where one fact touches several rows: `fold` tells them apart by
    it. Else `fold` gets None."""
    commutes: bool = True
    """False: facts of different streams must be folded in log order, so a parked stream comes in by a rebuild."""

    @property
    def name(self) -> str:
        """Name of the table, with the fingerprint."""
        return str(self.table.__tablename__)

    @property
    def reader(self) -> str:
        """Name of the checkpoint."""
        return f"view/{self.name}"

    @property
    def definition(self) -> Table:
        """SQLAlchemy's table, for queries and DDL."""
        found: Table = self.table.__table__  # type: ignore[attr-defined]
        return found

    @property
    def key(self) -> str:
        """Name of the one text column that is the primary key."""
        (column,) = self.definition.primary_key.columns
        return str(column.name)


def table_name(base: str, module_file: str, *codecs: Codec, revision: int = 0) -> str:
    """`base` and the fingerprint of the fold: the syntax tree of its module (`__file__`), the stored shapes of the
    events, and a number that is raised by hand when something that the fold calls has changed."""
    tree = ast.dump(ast.parse(Path(module_file).read_text(encoding="utf-8")), annotate_fields=False)
    shapes = "|".join(codec.fingerprint for codec in codecs)
    digest = hashlib.sha256(f"{tree}|{shapes}|{revision}".encode()).hexdigest()
    return f"{base}_{digest[:8]}"


def ddl(view: View[Any]) -> str:
    """Creates the table and its indexes where they are not there yet."""
    made: list[ExecutableDDLElement] = [CreateTable(view.definition, if_not_exists=True)]
    made += [CreateIndex(index, if_not_exists=True) for index in view.definition.indexes]
    return ";\n".join(str(each.compile(dialect=DIALECT)) for each in made)


_DUE: Final = """
update log.checkpoints set position = $5, updated_at = clock_timestamp()
where reader = $3 and position = $4 and xmin = $6 returning set_config('synchronous_commit', 'off', true)
"""
"""The checkpoint is as it was when the rows were read: nobody has moved it, retried what was parked, or swapped the
table. The disk is not waited for, since rows are made of the log alone: a crash takes back both."""


class Rows(Generic[R]):
    """Reads and writes rows of one table of a view; writes them only where `due` finds something."""

    def __init__(self, view: View[R], table: str | None = None, due: str = "select") -> None:
        self.view = view
        self.table = f'{SCHEMA}."{table or view.name}"'
        self.columns = [column.name for column in view.definition.columns]
        key = view.key
        changes = ", ".join(f'"{c}" = excluded."{c}"' for c in self.columns if c != key)
        conflict = f"do update set {changes}" if changes else "do nothing"
        self._load = f"""
            select c.xmin, t.* from log.checkpoints c left join {self.table} t on t."{key}" = any($2::text[])
            where c.reader = $1"""
        self._save = f"""
            with due as ({due}), gone as (delete from {self.table} using due where "{key}" = any($2::text[])),
            kept as (insert into {self.table}
                select made.* from due, json_populate_recordset(null::{self.table}, $1::json) made
                on conflict ("{key}") {conflict})
            select true from due"""

    async def load(self, source: Connection | Pool, keys: Iterable[str]) -> tuple[int, dict[str, R | None]]:
        """The transaction that wrote the view's checkpoint, and the rows of these keys; None where there is none."""
        rows: dict[str, R | None] = dict.fromkeys(keys)
        records = await source.fetch(self._load, self.view.reader, list(rows))
        for _, *values in records:
            columns = dict(zip(self.columns, values, strict=True))
            if columns[self.view.key] is not None:
                rows[columns[self.view.key]] = self.view.row.model_construct(**columns)
        return (records[0][0] if records else 0), rows

    async def save(self, source: Connection | Pool, rows: Mapping[str, R | None], *due: object) -> bool:
        """Writes what the fold made; a row that became None goes. All in one statement; False where it is not due."""
        kept = [row.__dict__ for row in rows.values() if row is not None]
        gone = [key for key, row in rows.items() if row is None]
        return bool(await source.fetchval(self._save, msgspec.json.encode(kept).decode(), gone, *due))

    def fold(self, rows: dict[str, R | None], fact: Fact[Any]) -> None:
        """One fact into the rows that it touches."""
        view = self.view
        for key in view.keys(fact):
            rows[key] = view.fold(rows.get(key) or view.start(key), fact)


class ViewWork(Work, Generic[R]):
    """Feeds a view live: rows and checkpoint in one transaction."""

    def __init__(self, pool: Pool, view: View[R], pages: Pages) -> None:
        self.name = view.reader
        self.pages = pages
        self.view, self.commutes = view, view.commutes
        self._pool = pool
        self._rows = Rows(view, due=_DUE)

    async def apply(self, facts: Facts, expected: int, goal: int, resumed: Resumed | None = None) -> int | None:
        """Never applies a fact twice: the checkpoint moves, or the parking ends, with the rows."""
        with self._span(facts, expected, goal) if facts else nullcontext():
            acquired = self._pool.acquire(timeout=5)
            async with acquired as connection, connection.transaction() if resumed else nullcontext():
                seen, rows = await self._rows.load(connection, (key for fact in facts for key in self.view.keys(fact)))
                for fact in facts:
                    self._rows.fold(rows, fact)
                hit("view.before_commit")
                if not await self._rows.save(connection, rows, self.name, expected, goal, seen):
                    raise checkpoints.CheckpointMoved(self.name)
                if resumed:
                    await checkpoints.resume(connection, self.name, resumed)
            hit("view.after_commit")
        return goal

    def _span(self, facts: Facts, after: int, until: int) -> tracing.span:
        """Leads to the causes of the facts, by links: they are many."""
        place = {"log.after": min(after, facts[0].position - 1), "log.until": until}
        return tracing.span(self.name, kind="consumer", links=(f.meta.trace for f in facts), attributes=place)
