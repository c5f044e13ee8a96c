"""Spans, and the trace context as W3C `traceparent` text: what the log, Kafka and the next command carry.

The only module that imports OpenTelemetry. Nothing in it waits: spans go into a bounded queue that a thread empties;
when it is full, spans are dropped.
"""

from collections.abc import Iterable, Mapping
from contextvars import Token
from dataclasses import KW_ONLY, dataclass, field
from functools import lru_cache
from threading import Thread
from typing import Final, Literal

from opentelemetry import context, trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF, ALWAYS_ON
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

Kind = Literal["internal", "server", "client", "producer", "consumer"]

MAX_LINKS: Final = 128
"""What the SDK keeps of a span's links; it drops the others without a word."""
MAX_WAITING: Final = 16_384
EXPORT_SECONDS: Final = 3

_ROOT: Final = Context()
_W3C: Final = TraceContextTextMapPropagator()


_SILENT: Final = TracerProvider(sampler=ALWAYS_OFF, resource=Resource({}), shutdown_on_exit=False)
"""Without an exporter spans still have ids, so that answers and events name their trace; nothing is recorded."""


class _Tracing:
    """What `setup` has chosen for this process."""

    def __init__(self) -> None:
        self.use(_SILENT)

    def use(self, provider: TracerProvider) -> None:
        self.provider = provider
        self.tracer = provider.get_tracer("eventcore")
        self.recording = provider.sampler is ALWAYS_ON


_tracing: Final = _Tracing()


def setup(service: str, region: str, endpoint: str | None) -> None:
    """Exports the spans of this process over OTLP/HTTP to `endpoint` (`http://host:4318`); None: to nobody."""
    shutdown()
    if not endpoint:
        return
    resource = Resource({"service.name": service, "service.namespace": region})
    provider = TracerProvider(sampler=ALWAYS_ON, resource=resource, shutdown_on_exit=False)
    exporter = OTLPSpanExporter(f"{endpoint.rstrip('/')}/v1/traces", timeout=EXPORT_SECONDS)
    provider.add_span_processor(
        BatchSpanProcessor(exporter, max_queue_size=MAX_WAITING, schedule_delay_millis=1000, max_export_batch_size=512)
    )
    _tracing.use(provider)


def shutdown() -> None:
    """Hands over what waits, for some seconds at most, and records nothing more. Blocks: not on the event loop."""
    if _tracing.recording:
        ending = Thread(target=_tracing.provider.shutdown, daemon=True)
        _tracing.use(_SILENT)
        ending.start()
        ending.join(EXPORT_SECONDS)


@dataclass(slots=True)
class span:
    """A span around a block. `parent`: a traceparent, "" for a trace of its own, None for the current span.

    An exception marks the span with its class only. Where there are more than 128 links, the others go on spans of the
    same name above it: whoever follows parents and links finds them all.
    """

    name: str
    _: KW_ONLY
    kind: Kind = "internal"
    parent: str | None = None
    links: Iterable[str] = ()
    attributes: Mapping[str, str | int] | None = None
    _span: trace.Span = field(init=False)
    _token: Token[Context] | None = field(init=False)

    def __enter__(self) -> "span":
        if self.parent is None and not _tracing.recording:
            self._span, self._token = trace.INVALID_SPAN, None  # the trace that is there goes on, nobody records it
            return self
        above = None if self.parent is None else _context(self.parent)
        links = _linked(self.links) if _tracing.recording else []
        while len(links) > MAX_LINKS:
            outer = self._start(above, links[:MAX_LINKS])
            outer.end()
            above, links = trace.set_span_in_context(outer, above), links[MAX_LINKS:]
        self._span = self._start(above, links)
        self._token = context.attach(trace.set_span_in_context(self._span, above))
        return self

    def _start(self, above: Context | None, links: list[trace.Link]) -> trace.Span:
        kind = trace.SpanKind[self.kind.upper()]
        return _tracing.tracer.start_span(self.name, above, kind, self.attributes, links, None, False, False)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._token is not None:
            context.detach(self._token)
        if kind is not None:
            self.failed(kind.__name__)
        self._span.end()

    def rename(self, name: str, attributes: Mapping[str, str | int]) -> None:
        """For a server, which learns only after it has begun what it serves. Attributes: never personal data."""
        self._span.update_name(name)
        self._span.set_attributes(attributes)

    def link(self, traceparents: Iterable[str]) -> None:
        """To causes that were not known when it began."""
        if _tracing.recording:
            for each in _linked(traceparents):
                self._span.add_link(each.context)

    def failed(self, kind: str) -> None:
        """Marks the span as failed with a class of error, never with a text."""
        self._span.set_attribute("error.type", kind)
        self._span.set_status(trace.StatusCode.ERROR)


def traceparent() -> str:
    """The current span's context, as an event or message carries it; "" where there is none."""
    at = trace.get_current_span().get_span_context()
    if not at.is_valid:
        return ""
    return f"00-{at.trace_id:032x}-{at.span_id:016x}-{at.trace_flags:02x}"


def trace_id() -> str:
    """The 32 hex digits of the current trace; "" where there is none."""
    return traceparent()[3:35]


def _context(parent: str) -> Context:
    return _W3C.extract({"traceparent": parent}, _ROOT) if parent else _ROOT


def _linked(traceparents: Iterable[str]) -> list[trace.Link]:
    return [link for each in dict.fromkeys(traceparents) if (link := _link(each)).context.is_valid]


@lru_cache(maxsize=8192)  # every reader of a process links to the same facts
def _link(traceparent: str) -> trace.Link:
    return trace.Link(trace.get_current_span(_context(traceparent)).get_span_context())
