"""A TCP proxy that loses answers: the request arrives, the server commits and answers, the connection is cut."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from proxying import Proxy


class Cutter(Proxy):
    """Before one of the servers that `target` names, another with each connection."""

    def __init__(self, target: Callable[[], int]) -> None:
        super().__init__()
        self._target = target

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        upstream: asyncio.StreamWriter | None = None
        forth: asyncio.Task[None] | None = None
        try:
            answers, upstream = await asyncio.open_connection("127.0.0.1", self._target())
            forth = asyncio.create_task(_forward(reader, upstream))
            async with asyncio.timeout(10):
                if await answers.read(1):
                    self.cut += 1
        except (OSError, TimeoutError):
            pass  # the server is away: the caller's connection breaks too
        finally:
            if forth:
                forth.cancel()
                await asyncio.gather(forth, return_exceptions=True)
            for side in (writer, upstream):
                if side:
                    side.transport.abort()
                    with suppress(OSError):
                        await side.wait_closed()


async def _forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
