"""What the application role may do with the shelves of imports: put, read and clear away; never change."""

from typing import Final

import asyncpg

_RIGHTS: Final = """
grant usage on schema imports to {role};
grant select, insert, delete on all tables in schema imports to {role};
"""


async def give_rights(url: str, role: str) -> None:
    """Laid anew by every migration, as the owner."""
    connection = await asyncpg.connect(url, timeout=5)
    try:
        quoted = await connection.fetchval("select quote_ident($1)", role)
        await connection.execute(_RIGHTS.format(role=quoted))
    finally:
        await connection.close(timeout=5)
