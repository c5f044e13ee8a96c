"""Runs a view's query, written with its SQLModel class, on the service's pool."""

from typing import Any, Final

from eventcore.database import BUSY, GONE, Pool, Unavailable
from sqlalchemy import Select
from sqlalchemy.dialects.postgresql import asyncpg

_DIALECT: Final = asyncpg.dialect()  # type: ignore[no-untyped-call]


async def fetch(pool: Pool, query: Select[Any]) -> list[dict[str, Any]]:
    """The rows. Unavailable."""
    compiled = query.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
    arguments = [compiled.params[name] for name in compiled.positiontup or ()]
    try:
        return [dict(record) for record in await pool.fetch(str(compiled), *arguments)]
    except (*GONE, *BUSY) as error:
        raise Unavailable from error
