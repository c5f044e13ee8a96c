"""A TCP proxy before a server that can swallow an answer and cut the connection, as a failing network does."""

import asyncio
from contextlib import suppress
from types import TracebackType
from typing import Self


class CuttingProxy:
    """Forwards bytes both ways; after `cut_answers(n)` the next n answers that hold `needle` never arrive."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._needle = b""
        self._cuts = 0
        self.cut = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    def cut_answers(self, count: int, needle: bytes) -> None:
        """The next `count` answers to requests that hold `needle` are swallowed."""
        self._cuts, self._needle = count, needle

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        upstream, downstream = await asyncio.open_connection(*self._target)
        asked = asyncio.Event()
        there = asyncio.create_task(self._there(reader, downstream, asked))
        back = asyncio.create_task(self._back(upstream, writer, asked))
        try:
            await asyncio.wait([there, back], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in (there, back):
                each.cancel()
            await asyncio.gather(there, back, return_exceptions=True)
            for side in (writer, downstream):
                side.close()
                with suppress(OSError):
                    await side.wait_closed()

    async def _there(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: asyncio.Event) -> None:
        while data := await reader.read(65536):
            if self._cuts and self._needle in data:
                asked.set()
            writer.write(data)
            await writer.drain()

    async def _back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: asyncio.Event) -> None:
        while data := await reader.read(65536):
            if asked.is_set() and self._cuts:
                self._cuts -= 1
                self.cut += 1
                return
            writer.write(data)
            await writer.drain()
