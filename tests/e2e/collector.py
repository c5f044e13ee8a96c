"""Where processes send their spans: an OTLP/HTTP receiver that keeps them, and writes down every body where it may."""

import gzip
import itertools
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TypeAlias

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import ResourceSpans

SpanId: TypeAlias = tuple[str, str]
"""Trace and span, in hex."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A span, and the spans that it names: its parent and its links."""

    service: str
    region: str
    name: str
    id: SpanId
    leads_to: tuple[SpanId, ...]
    is_root: bool
    attributes: dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Collector:
    """What came so far."""

    endpoint: str
    bodies: list[bytes] = field(default_factory=list)

    def spans(self) -> list[Span]:
        """Of all processes, in the order in which they came."""
        return [
            span
            for body in tuple(self.bodies)
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans
            for span in _spans(resource)
        ]


@contextmanager
def collecting(folder: Path | None = None) -> Iterator[Collector]:
    """Listens on a port of its own. With a folder every body is also a file there, uncompressed."""
    numbers = itertools.count()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            if self.headers["content-encoding"] == "gzip":
                body = gzip.decompress(body)
            collector.bodies.append(body)
            if folder:
                (folder / f"{next(numbers):06}.otlp").write_bytes(body)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        collector = Collector(f"http://127.0.0.1:{server.server_port}")
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield collector
        finally:
            server.shutdown()
            thread.join()


def _spans(resource: ResourceSpans) -> Iterator[Span]:
    told_by = _values(resource.resource.attributes)
    for scope in resource.scope_spans:
        for span in scope.spans:
            parent = [(span.trace_id.hex(), span.parent_span_id.hex())] if span.parent_span_id else []
            yield Span(
                service=str(told_by.get("service.name", "")),
                region=str(told_by.get("service.namespace", "")),
                name=span.name,
                id=(span.trace_id.hex(), span.span_id.hex()),
                leads_to=(*parent, *((link.trace_id.hex(), link.span_id.hex()) for link in span.links)),
                is_root=not parent,
                attributes=_values(span.attributes),
            )


def _values(attributes: Iterable[KeyValue]) -> dict[str, str | int]:
    found: dict[str, str | int] = {}
    for pair in attributes:
        kind = pair.value.WhichOneof("value")
        found[pair.key] = getattr(pair.value, kind) if kind else ""
    return found
