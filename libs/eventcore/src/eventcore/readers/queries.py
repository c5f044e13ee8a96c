"""Views' queries: statements of SQLModel and SQLAlchemy, run on the service's own pool."""

from typing import Any, Final

import asyncpg
from sqlalchemy import Select, TextClause
from sqlalchemy.dialects.postgresql.asyncpg import dialect

from eventcore.database import Pool
from eventcore.database import reading as reading

DIALECT: Final = dialect()  # type: ignore[no-untyped-call]


class Query:
    """A statement, compiled once. One statement has one snapshot: a view that is swapped meanwhile is seen whole."""

    def __init__(self, statement: Select[Any] | TextClause) -> None:
        compiled = statement.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
        self.text = str(compiled)
        self._fixed = compiled.params
        self._order = tuple(compiled.positiontup or ())

    def arguments(self, given: dict[str, object]) -> list[object]:
        """Values of the bound parameters in the order of the text."""
        values = self._fixed | given
        return [values[name] for name in self._order]

    async def fetch(self, pool: Pool, **given: object) -> list[asyncpg.Record]:
        """The rows for these parameters. Unavailable where the database does not answer in time."""
        with reading():
            return list(await pool.fetch(self.text, *self.arguments(given)))
