"""In the registry's place where other services ask it: an HTTP server that knows ends of numbers, and accounts.

The registry itself is tested with its own vault, and the two together end to end.
"""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


@dataclass(slots=True)
class RegistryStandIn:
    """`ends`: worker -> last four characters. `unpaid`: worker -> why not; all others have an account. `asked`: every
    question, with its token."""

    ends: dict[str, str] = field(default_factory=dict)
    unpaid: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200
    url: str = ""

    async def answer(self, request: Request) -> Response:
        """As `POST /v1/workers/{worker}/number-checks` does."""
        body = await request.json()
        worker = request.path_params["worker"]
        self.asked.append(body | {"worker": worker, "authorization": request.headers["authorization"]})
        return JSONResponse({"matches": self.ends.get(worker) == body["last_four"]}, self.status)

    async def payees(self, request: Request) -> Response:
        """As `POST /v1/payee-disclosures` does."""
        body = await request.json()
        self.asked.append(body | {"authorization": request.headers["authorization"]})
        found = [self._payee(worker) for worker in body["workers"]]
        return JSONResponse({"reference": body["reference"], "payees": found}, self.status)

    def _payee(self, worker: str) -> dict[str, str]:
        if worker in self.unpaid:
            return {"worker": worker, "reason": self.unpaid[worker]}
        account = {"account": f"10{UUID(worker).int % 10**14:014}", "name": "𬱖王秀英", "bank": "示范支行"}
        return {"worker": worker, "disclosure": worker, **account}


@asynccontextmanager
async def standing_in() -> AsyncIterator[RegistryStandIn]:
    """Answers on a port of its own."""
    registry = RegistryStandIn()
    app = Starlette(
        routes=[
            Route("/v1/workers/{worker}/number-checks", registry.answer, methods=["POST"]),
            Route("/v1/payee-disclosures", registry.payees, methods=["POST"]),
        ]
    )
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none", lifespan="off"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        registry.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        running = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield registry
        finally:
            server.should_exit = True
            await running
