"""A service's routes without a database: for tests of what they are, and what is published of them."""

from pathlib import Path
from typing import Any, Final

import asyncpg
from eventcore.serving import Program
from eventcore.store import Store
from fastapi.routing import APIRoute
from registry.vault import FileKeys, PersonKeys, Vault

_NOWHERE: Final = "postgresql://nobody@127.0.0.1:1/nothing"
_KEY: Final = bytes(32)


async def routes_of(program: Program[Any], folder: Path) -> list[APIRoute]:
    """Those of its own. Its secrets are written into the folder."""
    for name in ("index_key", "fingerprint_key", "report_keys"):
        (folder / name).write_text(_KEY.hex())
    settings = program.settings(
        env="test", region="520000", database_url=_NOWHERE, keys_database_url=_NOWHERE, secrets_dir=folder
    )
    pool = asyncpg.create_pool(_NOWHERE, min_size=0)  # never opened
    store = Store(pool, sealer=Vault(PersonKeys(pool, FileKeys([_KEY]))))
    found = [route for each in program.routers(settings, store) for route in each.routes]
    return [route for route in found if isinstance(route, APIRoute)]
