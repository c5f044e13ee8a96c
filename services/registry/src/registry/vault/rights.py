"""What the application role may do in the key database: make, read and confirm keys, and destroy them."""

from typing import Final

import asyncpg

_RIGHTS: Final = """
grant usage on schema vault to {role};
grant select, insert, delete on vault.person_keys to {role};
grant update (confirmed) on vault.person_keys to {role};
"""


async def give_rights(url: str, role: str) -> None:
    """Laid anew by every migration, as the owner. A key, once made, is never changed by the application."""
    connection = await asyncpg.connect(url, timeout=5)
    try:
        quoted = await connection.fetchval("select quote_ident($1)", role)
        await connection.execute(_RIGHTS.format(role=quoted))
    finally:
        await connection.close(timeout=5)
