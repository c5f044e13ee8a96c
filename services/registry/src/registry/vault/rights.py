"""What the application role may do in the key database: make, read, confirm and destroy keys, and wrap them anew."""

from typing import Final

import asyncpg

_RIGHTS: Final = """
grant usage on schema vault to {role};
grant select, insert, delete on vault.person_keys to {role};
grant update (confirmed) on vault.person_keys to {role};
grant select on vault.horizon to {role};
grant execute on function vault.destroy, vault.set_horizon, vault.rewrap to {role};
"""


async def give_rights(url: str, role: str) -> None:
    """Laid anew by every migration, as the owner. The application never writes over a key: it is wrapped anew by a
    function that compares, and once destroyed it stays so."""
    connection = await asyncpg.connect(url, timeout=5)
    try:
        quoted = await connection.fetchval("select quote_ident($1)", role)
        await connection.execute(_RIGHTS.format(role=quoted))
    finally:
        await connection.close(timeout=5)
