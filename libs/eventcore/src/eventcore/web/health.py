"""Probes and metrics: `/livez`, `/readyz`, `/metrics`. No token, no trace, no row of data."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from inspect import isawaitable
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from eventcore import metrics

PATIENCE: Final = 2.0
PROBES: Final = frozenset({"/livez", "/readyz", "/metrics"})

Check = Callable[[], object]
"""Fails where it raises or answers False, at once or, where it is awaited, within 2 s."""


@dataclass(frozen=True, slots=True)
class Health:
    """What must hold for this process to go on (`alive`), and for it to be given work (`ready`). Never a broker in
    `alive`: it may be away for long."""

    alive: dict[str, Check] = field(default_factory=dict)
    ready: dict[str, Check] = field(default_factory=dict)

    def routes(self) -> list[Route]:
        """The three probes."""
        alive, ready = partial(_probe, self.alive), partial(_probe, self.ready)
        return [Route("/livez", alive), Route("/readyz", ready), Route("/metrics", _metrics)]

    def app(self) -> Starlette:
        """An application of the probes alone: for a worker."""
        return Starlette(routes=self.routes())


async def _probe(checks: Mapping[str, Check], _: Request) -> Response:
    holds = dict(zip(checks, await asyncio.gather(*map(_holds, checks.values())), strict=True))
    return JSONResponse({"ok": all(holds.values()), "checks": holds}, 200 if all(holds.values()) else 503)


async def _holds(check: Check) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            found = check()
            return (await found if isawaitable(found) else found) is not False
    except Exception:  # whatever it is: it does not hold
        return False


async def _metrics(_: Request) -> Response:
    text, media_type = metrics.exposition()
    return Response(text, headers={"Content-Type": media_type})
