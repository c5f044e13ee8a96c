"""Keys of one use, in the key database under their person: erasing the person destroys them too."""

from eventcore.exchange.sealing import public_half

from registry.vault import PersonKeys


def subject(worker: str, transfer: str) -> str:
    """Under what the private half is kept."""
    return f"{worker}/{transfer}"


class OneTimeKeys:
    """X25519, one for each transfer."""

    def __init__(self, keys: PersonKeys) -> None:
        self._keys = keys

    async def public(self, worker: str, transfer: str) -> bytes:
        """What home seals to; the private half is committed when this returns. The same again. PersonDestroyed,
        Unavailable."""
        await self._keys.provide([subject(worker, transfer)])
        return public_half(await self.private(worker, transfer))

    async def private(self, worker: str, transfer: str) -> bytes:
        """KeyGone, Unavailable."""
        return await self._keys.secret(subject(worker, transfer))

    async def destroy(self, worker: str, transfer: str, event: str) -> None:
        """For ever: its one use is over. Unavailable."""
        await self._keys.destroy({subject(worker, transfer): event})
