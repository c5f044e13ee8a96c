"""Probes and metrics: `/livez`, `/readyz`, `/metrics`. No token, no trace, no row of data."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from eventcore import metrics

PATIENCE: Final = 2.0
PROBES: Final = frozenset({"/livez", "/readyz", "/metrics"})

Watchdog = Callable[[], bool]
Check = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Health:
    """What must hold for this process to go on (`alive`), and for it to be given work (`ready`, within 2 s each:
    a check that raises or answers False fails). Never a broker in `alive`: it may be away for long."""

    alive: dict[str, Watchdog] = field(default_factory=dict)
    ready: dict[str, Check] = field(default_factory=dict)

    def routes(self) -> list[Route]:
        """The three probes."""
        return [Route("/livez", self._livez), Route("/readyz", self._readyz), Route("/metrics", _metrics)]

    def app(self) -> Starlette:
        """An application of the probes alone: for a worker."""
        return Starlette(routes=self.routes())

    async def _livez(self, _: Request) -> Response:
        return _verdict({name: watchdog() for name, watchdog in self.alive.items()})

    async def _readyz(self, _: Request) -> Response:
        holds = await asyncio.gather(*(_holds(check) for check in self.ready.values()))
        return _verdict(dict(zip(self.ready, holds, strict=True)))


async def _holds(check: Check) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            return await check() is not False
    except Exception:  # whatever it is: not ready
        return False


def _verdict(checks: Mapping[str, bool]) -> Response:
    return JSONResponse({"ok": all(checks.values()), "checks": checks}, 200 if all(checks.values()) else 503)


async def _metrics(_: Request) -> Response:
    text, media_type = metrics.exposition()
    return Response(text, headers={"Content-Type": media_type})
