"""Runs what a process has to do until it is told to stop: uvicorn inside our own loop, with a graceful end."""

import asyncio
import gc
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import uvicorn
import uvloop
from starlette.types import ASGIApp

from eventcore import tracing

GRACE: Final = 20
"""Seconds for requests that are under way when the process is told to stop."""
KEPT: Final = 75
"""Seconds for which a connection without requests is kept: longer than clients and proxies do, so that they end it, and
never send a request into its end."""
_QUIET: Final[dict[str, Any]] = {"ws": "none", "access_log": False, "server_header": False, "proxy_headers": False}
GC_THRESHOLD: Final = (50_000, 20, 50)


class PortTaken(Exception):
    """The server could not listen; the text names the address."""


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals belong to the process, which may serve more than one address."""
        yield


async def serve(app: ASGIApp, host: str, port: int, stop: asyncio.Event, *, concurrency: int = 2_000) -> None:
    """Serves until `stop` is set, then ends what is under way. More than `concurrency` requests at a time get a 503.
    PortTaken where the address cannot be had."""
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError:
        raise PortTaken(f"cannot listen on {host}:{port}") from None
    server = _Server(
        uvicorn.Config(
            app,
            limit_concurrency=concurrency,
            timeout_keep_alive=KEPT,
            timeout_graceful_shutdown=GRACE,
            log_config=None,
            **_QUIET,
        )
    )
    running = asyncio.create_task(server.serve(sockets=[listening]), name="server")
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        server.should_exit = True
        await running


def run(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Runs `work(stop)` on uvloop; SIGTERM and SIGINT set `stop`. Hands over the last spans."""

    async def main() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await work(stop)

    try:
        uvloop.run(main())
    finally:
        tracing.shutdown()


def settle_memory() -> None:
    """After start-up: what lives for ever is not looked at again, and collections are rarer (p99 a third of it)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLD)
