"""How far rotations of keys are, for operators."""

from eventcore.web import ApiRequest, router
from fastapi import APIRouter
from pydantic import BaseModel

from registry.numbers.reindexing import Reindexing
from registry.vault import NumberIndex, Vault
from registry.vault.rewrap import master_use


class KeyUse(BaseModel):
    """Versions of a key and what is under each. `free`: versions whose line may become `-`. 密钥版本及其使用数量。"""

    written: int
    under: dict[int, int]
    waiting: int
    free: list[int]


class KeyUses(BaseModel):
    """Both keys, and why the vault is closed if it is. 主密钥与索引密钥。"""

    master_key: KeyUse
    index_key: KeyUse
    closed: str | None


def routes(vault: Vault, index: NumberIndex) -> APIRouter:
    """The route."""
    found = router()

    @found.get("/v1/key-rotations", tags=["operations"])
    async def read_key_rotations(request: ApiRequest) -> KeyUses:
        """How many persons' keys and numbers are under each version of the keys that protect them.

        各密钥版本下的个人密钥与号码数量。
        """
        masters = await master_use(vault.keys.pool, vault.keys.masters)
        numbers = await Reindexing(request.web.store, vault, index).use()
        state = numbers.state
        return KeyUses(
            master_key=KeyUse(written=masters.newest, under=masters.keys, waiting=masters.waiting, free=masters.free()),
            index_key=KeyUse(
                written=state.written,
                under=numbers.numbers,
                waiting=numbers.waiting,
                free=[version for version in range(1, state.written) if version not in state.versions],
            ),
            closed=vault.keys.closed,
        )

    return found
