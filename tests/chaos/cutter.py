"""A TCP proxy that loses answers: the request arrives, the server commits and answers, the connection is cut."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self


class Cutter:
    """Before one of the servers that `target` names, another with each connection."""

    def __init__(self, target: Callable[[], int]) -> None:
        self._target = target
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0
        self.cut = 0
        """Answers that a server gave and no caller got."""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, e: BaseException | None, t: TracebackType | None
    ) -> None:
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._carry(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
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
