"""Spans on their way from a service to the viewer."""

import asyncio
import gzip

import httpx
import pytest
from lb.local.otlp import Translator
from lb.local.spans import translate
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

VIEWER = "http://viewer.test"
PROTOBUF = {"content-type": "application/x-protobuf"}


def a_request(*, spans: int = 1) -> ExportTraceServiceRequest:
    request = ExportTraceServiceRequest()
    resource = request.resource_spans.add()
    for name, value in {
        "service.name": "reporting",
        "telemetry.sdk.name": "x",
        "labourbridge.region": "520000",
    }.items():
        attribute = resource.resource.attributes.add(key=name)
        attribute.value.string_value = value
    scope = resource.scope_spans.add()
    for number in range(1, spans + 1):
        span = scope.spans.add(trace_id=b"\x01" * 16, span_id=number.to_bytes(8), parent_span_id=b"\x09" * 8)
        span.name, span.kind = "process 520000.registry.worker.1", Span.SPAN_KIND_CONSUMER
        span.start_time_unix_nano, span.end_time_unix_nano = 1_000_000_000, 1_002_500_000
        span.attributes.add(key="messaging.batch.message_count").value.int_value = 3
    return request


def test_a_span_keeps_its_place_in_the_trace_its_times_and_attributes() -> None:
    (span,) = translate(a_request(), viewer=VIEWER)
    assert (span.trace_id, span.id, span.parent_id) == ("01" * 16, "00" * 7 + "01", "09" * 8)
    assert (span.kind, span.local_endpoint.service_name) == ("CONSUMER", "reporting")
    assert (span.timestamp, span.duration) == (1_000_000, 2_500)
    assert span.tags == {"labourbridge.region": "520000", "messaging.batch.message_count": "3"}


def test_links_become_tags_that_lead_to_the_other_trace() -> None:
    request = a_request()
    span = request.resource_spans[0].scope_spans[0].spans[0]
    other = span.links.add(trace_id=b"\x02" * 16, span_id=b"\x03" * 8)
    other.attributes.add(key="stream").value.string_value = "survey-1"
    span.links.add(trace_id=span.trace_id, span_id=b"\x04" * 8)
    tags = translate(request, viewer=VIEWER)[0].tags
    assert tags["link.001"] == f"{VIEWER}/zipkin/traces/{'02' * 16} span {'03' * 8} stream=survey-1"
    assert tags["link.002"] == f"this trace span {'04' * 8}"


def test_errors_and_events_are_shown() -> None:
    request = a_request()
    span = request.resource_spans[0].scope_spans[0].spans[0]
    span.status.code, span.status.message = Status.STATUS_CODE_ERROR, "conflict"
    span.events.add(time_unix_nano=5_000, name="retry").attributes.add(key="attempt").value.int_value = 2
    (found,) = translate(request, viewer=VIEWER)
    assert found.tags["error"] == "conflict"
    assert [(each.timestamp, each.value) for each in found.annotations] == [(5, "retry attempt=2")]


async def post(translator: Translator, body: bytes, headers: dict[str, str] = PROTOBUF) -> httpx.Response:
    transport = httpx.ASGITransport(translator.app())
    async with httpx.AsyncClient(transport=transport, base_url="http://otlp.test") as client:
        return await client.post("/v1/traces", content=body, headers=headers)


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"\xff\xff", PROTOBUF, 400),
        (b"plain", PROTOBUF | {"content-encoding": "gzip"}, 400),
        (gzip.compress(bytes(20_000_000)), PROTOBUF | {"content-encoding": "gzip"}, 400),
        (b"{}", {"content-type": "application/json"}, 415),
    ],
)
async def test_what_is_not_a_request_is_refused(body: bytes, headers: dict[str, str], status: int) -> None:
    assert (await post(Translator(VIEWER), body, headers)).status_code == status


async def test_a_full_queue_sends_the_exporter_away_for_a_while() -> None:
    translator = Translator("http://127.0.0.1:1")  # nobody takes anything there
    body = gzip.compress(a_request().SerializeToString())
    answers = [await post(translator, body, PROTOBUF | {"content-encoding": "gzip"}) for _ in range(501)]
    assert [answer.status_code for answer in answers] == [200] * 500 + [503]
    assert answers[-1].headers["retry-after"] == "1"


async def test_spans_wait_for_a_viewer_that_is_away_and_arrive_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[dict[str, object]] = []
    answers = iter([503, 503, 202])

    async def take(request: Request) -> Response:
        status = next(answers)
        taken.extend(await request.json() if status == 202 else [])
        return Response(status_code=status)

    viewer = httpx.ASGITransport(Starlette(routes=[Route("/api/v2/spans", take, methods=["POST"])]))
    translator = Translator(VIEWER, retry_seconds=0.01)
    await post(translator, a_request(spans=3).SerializeToString())
    original = httpx.AsyncClient
    monkeypatch.setattr(httpx, "AsyncClient", lambda **_: original(transport=viewer))
    sender = asyncio.create_task(translator.send())
    async with asyncio.timeout(5):
        while translator.sent < 3:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    sender.cancel()
    await asyncio.gather(sender, return_exceptions=True)
    assert [span["id"] for span in taken] == [f"{number:016x}" for number in (1, 2, 3)]
    assert taken[0]["localEndpoint"] == {"serviceName": "reporting"}
    assert "kind" in taken[0]
