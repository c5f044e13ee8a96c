"""Spans arrive at an OTLP receiver with parents, links and no texts; without one they still have ids."""

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from eventcore import metrics, tracing
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

REMOTE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


class Receiver:
    """Keeps what is exported over OTLP/HTTP."""

    def __init__(self) -> None:
        self.requests: list[ExportTraceServiceRequest] = []
        kept = self.requests

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                kept.append(ExportTraceServiceRequest.FromString(body))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever)
        self._thread.start()

    def spans(self) -> list[Span]:
        tracing.shutdown()
        return [
            span
            for request in self.requests
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]

    def close(self) -> None:
        tracing.shutdown()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    tracing.setup("notes", "520000", receiver.endpoint)
    yield receiver
    receiver.close()


def linked(span: Span) -> list[str]:
    return [f"00-{link.trace_id.hex()}-{link.span_id.hex()}" for link in span.links]


def test_parents_links_kinds_and_attributes_arrive(receiver: Receiver) -> None:
    with tracing.span("outer", kind="server", parent="") as outer:
        above = tracing.traceparent()
        outer.rename("POST /v1/notes", {})
        with tracing.span("inner", links=[REMOTE, "", REMOTE, "nonsense"], attributes={"n": 1}):
            pass
    with tracing.span("later", kind="consumer", parent=above):
        assert tracing.trace_id() == above[3:35]
    inner, server, later = receiver.spans()
    assert (server.name, server.kind, server.parent_span_id) == ("POST /v1/notes", Span.SPAN_KIND_SERVER, b"")
    assert (inner.parent_span_id, later.parent_span_id) == (server.span_id, server.span_id)
    assert inner.trace_id == later.trace_id == server.trace_id
    assert linked(inner) == [REMOTE[:-3]]
    assert (inner.attributes[0].key, inner.attributes[0].value.int_value) == ("n", 1)
    resource = receiver.requests[0].resource_spans[0].resource
    assert {each.key: each.value.string_value for each in resource.attributes} == {
        "service.name": "notes",
        "service.namespace": "520000",
    }


def test_whoever_follows_the_parents_finds_more_links_than_a_span_keeps(receiver: Receiver) -> None:
    wanted = [f"00-{n:032x}-{n:016x}" for n in range(1, 301)]
    with tracing.span("above", parent=""), tracing.span("process", links=[f"{each}-01" for each in wanted]):
        stored = tracing.traceparent()
    spans = {span.span_id: span for span in receiver.spans()}
    at, way = bytes.fromhex(stored[36:52]), list[Span]()
    while at:
        way.append(spans[at])
        at = way[-1].parent_span_id
    assert [span.name for span in way] == ["process", "process", "process", "above"]
    assert sorted(each for span in way for each in linked(span)) == wanted
    assert all(span.dropped_links_count == 0 for span in way)


def fail() -> None:
    raise ValueError("110101199003070000")


def test_an_exception_leaves_its_class_and_never_its_text(receiver: Receiver) -> None:
    with pytest.raises(ValueError, match="110101199003070000"), tracing.span("fails", parent=""):
        fail()
    (span,) = receiver.spans()
    assert span.status.code == 2
    assert {each.key: each.value.string_value for each in span.attributes} == {"error.type": "ValueError"}
    assert b"110101199003070000" not in span.SerializeToString()


@pytest.mark.slow
def test_nobody_waits_for_a_receiver_that_is_not_there() -> None:
    tracing.setup("notes", "520000", "http://127.0.0.1:1")
    started = time.perf_counter()
    for _ in range(20_000):
        with tracing.span("x", parent=""):
            pass
    assert time.perf_counter() - started < 10
    tracing.setup("notes", "520000", None)


def test_without_an_exporter_there_are_ids_and_nothing_else() -> None:
    assert (tracing.traceparent(), tracing.trace_id()) == ("", "")
    with tracing.span("a", parent="") as first:
        outer = tracing.traceparent()
        first.rename("a", {"n": 1})
        with tracing.span("b", links=[REMOTE]):
            assert tracing.traceparent()[3:35] == outer[3:35] == tracing.trace_id()
            assert tracing.traceparent() == outer, "a span inside costs nothing while nobody records it"
    with tracing.span("c", parent=REMOTE):
        assert tracing.trace_id() == REMOTE[3:35]
    assert tracing.traceparent() == ""


def test_metrics_are_exposed_for_prometheus() -> None:
    metrics.door_call(3, 5, 0.002)
    metrics.reader("funnel", 7, 1.5, parked=2)
    metrics.inbox(9)
    text, media_type = metrics.exposition()
    assert media_type.startswith("text/plain")
    for line in (
        b'eventcore_reader_lag_events{reader="funnel"} 7.0',
        b'eventcore_reader_lag_seconds{reader="funnel"} 1.5',
        b'eventcore_reader_parked_streams{reader="funnel"} 2.0',
        b"eventcore_inbox_lag_messages 9.0",
        b"# TYPE eventcore_door_duration_seconds histogram",
        b"# TYPE eventcore_door_events_total counter",
    ):
        assert line in text
