"""Takes OTLP over HTTP and hands the spans to Zipkin. Run as `python -m lb.local.otlp --port 5525 --zipkin URL`."""

import asyncio
import contextlib
import zlib
from collections.abc import AsyncIterator
from typing import Annotated

import httpx
import msgspec
import typer
import uvicorn
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from lb.local.ports import HOST
from lb.local.spans import ZipkinSpan, translate

MAX_BODY = 16 * 1024 * 1024
MAX_WAITING = 500  # requests
MAX_SPANS = 2000  # in one request to Zipkin
_PROTOBUF = "application/x-protobuf"
_encode = msgspec.json.Encoder().encode


class Translator:
    """A bounded queue between those who export spans and Zipkin.

    Where Zipkin is slow or away the queue fills, and exporters are told to come again (503).
    """

    def __init__(self, zipkin: str, *, retry_seconds: float = 1.0) -> None:
        self._zipkin = zipkin.rstrip("/")
        self._retry_seconds = retry_seconds
        self._waiting: asyncio.Queue[list[ZipkinSpan]] = asyncio.Queue(MAX_WAITING)
        self.sent = 0

    async def receive(self, request: Request) -> Response:
        """`POST /v1/traces` of OTLP/HTTP with protobuf bodies, plain or gzip."""
        if request.headers.get("content-type", "").partition(";")[0] != _PROTOBUF:
            return JSONResponse({"message": f"only {_PROTOBUF} is taken"}, status_code=415)
        try:
            body = await _body(request)
            spans = translate(ExportTraceServiceRequest.FromString(body), viewer=self._zipkin)
            self._waiting.put_nowait(spans)
        except (DecodeError, ValueError, zlib.error) as error:
            return JSONResponse({"message": str(error)}, status_code=400)
        except asyncio.QueueFull:
            return JSONResponse(
                {"message": "the trace viewer is behind"}, status_code=503, headers={"retry-after": "1"}
            )
        return Response(ExportTraceServiceResponse().SerializeToString(), media_type=_PROTOBUF)

    async def health(self, request: Request) -> Response:
        """How many requests wait and how many spans were handed on."""
        return JSONResponse({"status": "up", "waiting": self._waiting.qsize(), "sent": self.sent})

    async def send(self) -> None:
        """Hand spans on for ever; what Zipkin does not take is tried again, it is what fills the queue."""
        async with httpx.AsyncClient(timeout=10, trust_env=False) as client:
            while True:
                spans = await self._waiting.get()
                while len(spans) < MAX_SPANS and not self._waiting.empty():
                    spans += self._waiting.get_nowait()
                await self._deliver(client, spans)
                self.sent += len(spans)

    async def _deliver(self, client: httpx.AsyncClient, spans: list[ZipkinSpan]) -> None:
        while True:
            if await self._post(client, spans):
                return
            await asyncio.sleep(self._retry_seconds)

    async def _post(self, client: httpx.AsyncClient, spans: list[ZipkinSpan]) -> bool:
        """Whether Zipkin took them, or refused them in a way that trying again would not change."""
        try:
            headers = {"content-type": "application/json"}
            answer = await client.post(f"{self._zipkin}/api/v2/spans", content=_encode(spans), headers=headers)
        except httpx.HTTPError:
            return False
        return answer.status_code < 500 and answer.status_code != 429

    def app(self) -> Starlette:
        @contextlib.asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            sender = asyncio.create_task(self.send())
            yield
            sender.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await sender

        routes = [Route("/v1/traces", self.receive, methods=["POST"]), Route("/health", self.health)]
        return Starlette(routes=routes, lifespan=lifespan)


async def _body(request: Request) -> bytes:
    packed = request.headers.get("content-encoding") == "gzip"
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    body = bytearray()
    async for chunk in request.stream():
        body += unpack.decompress(chunk, MAX_BODY) if packed else chunk
        if len(body) >= MAX_BODY:
            raise ValueError(f"more than {MAX_BODY} bytes")
    return bytes(body)


def main(
    port: Annotated[int, typer.Option(help="Port of 127.0.0.1 to listen on.")],
    zipkin: Annotated[str, typer.Option(help="Address of Zipkin, e.g. http://127.0.0.1:5524")],
) -> None:
    """Take OTLP and hand the spans to Zipkin."""
    uvicorn.run(Translator(zipkin).app(), host=HOST, port=port, log_level="warning", access_log=False)


if __name__ == "__main__":
    typer.run(main)
