"""OpenTelemetry spans as Zipkin v2 spans. Zipkin has no links: they become tags that lead to the other trace."""

from collections.abc import Iterable, Iterator

import msgspec
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

_KINDS = {
    Span.SPAN_KIND_SERVER: "SERVER",
    Span.SPAN_KIND_CLIENT: "CLIENT",
    Span.SPAN_KIND_PRODUCER: "PRODUCER",
    Span.SPAN_KIND_CONSUMER: "CONSUMER",
}
_LEFT_OUT = ("service.name", "telemetry.", "process.", "host.", "os.")


class Endpoint(msgspec.Struct, frozen=True, rename="camel"):
    """Who recorded a span."""

    service_name: str


class Annotation(msgspec.Struct, frozen=True):
    """Something that happened within a span; `timestamp` in microseconds since 1970."""

    timestamp: int
    value: str


class ZipkinSpan(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """A span as Zipkin's v2 JSON has it; times in microseconds."""

    trace_id: str
    id: str
    name: str
    timestamp: int
    duration: int
    local_endpoint: Endpoint
    parent_id: str | None = None
    kind: str | None = None
    tags: dict[str, str] = {}
    annotations: tuple[Annotation, ...] = ()


def translate(request: ExportTraceServiceRequest, *, viewer: str) -> list[ZipkinSpan]:
    """Every span of the request; `viewer` is the address that links of other traces start with."""
    found = []
    for resource in request.resource_spans:
        attributes = dict(_texts(resource.resource.attributes))
        endpoint = Endpoint(service_name=attributes.get("service.name", "unknown"))
        common = {name: value for name, value in attributes.items() if not name.startswith(_LEFT_OUT)}
        for scope in resource.scope_spans:
            found += [_span(span, endpoint, common, viewer) for span in scope.spans]
    return found


def _span(span: Span, endpoint: Endpoint, common: dict[str, str], viewer: str) -> ZipkinSpan:
    tags = common | dict(_texts(span.attributes)) | dict(_links(span, viewer))
    if span.status.code == Status.STATUS_CODE_ERROR:
        tags["error"] = span.status.message or "true"
    return ZipkinSpan(
        trace_id=span.trace_id.hex(),
        id=span.span_id.hex(),
        parent_id=span.parent_span_id.hex() or None,
        name=span.name,
        kind=_KINDS.get(span.kind),
        timestamp=span.start_time_unix_nano // 1000,
        duration=max(1, (span.end_time_unix_nano - span.start_time_unix_nano) // 1000),
        local_endpoint=endpoint,
        tags=tags,
        annotations=tuple(_annotations(span.events)),
    )


def _links(span: Span, viewer: str) -> Iterator[tuple[str, str]]:
    for number, link in enumerate(span.links, start=1):
        trace, target = link.trace_id.hex(), link.span_id.hex()
        said = "".join(f" {name}={value}" for name, value in _texts(link.attributes))
        place = "this trace" if link.trace_id == span.trace_id else f"{viewer}/zipkin/traces/{trace}"
        yield f"link.{number:03}", f"{place} span {target}{said}"


def _annotations(events: Iterable[Span.Event]) -> Iterator[Annotation]:
    for event in events:
        said = "".join(f" {name}={value}" for name, value in _texts(event.attributes))
        yield Annotation(timestamp=event.time_unix_nano // 1000, value=event.name + said)


def _texts(attributes: Iterable[KeyValue]) -> Iterator[tuple[str, str]]:
    for attribute in attributes:
        yield attribute.key, _text(attribute.value)


def _text(value: AnyValue) -> str:
    match value.WhichOneof("value"):
        case "string_value":
            return value.string_value
        case "bool_value":
            return "true" if value.bool_value else "false"
        case "int_value":
            return str(value.int_value)
        case "double_value":
            return str(value.double_value)
        case "bytes_value":
            return value.bytes_value.hex()
        case "array_value":
            return ", ".join(_text(each) for each in value.array_value.values)
        case "kvlist_value":
            return ", ".join(f"{key}={text}" for key, text in _texts(value.kvlist_value.values))
        case _:
            return ""
