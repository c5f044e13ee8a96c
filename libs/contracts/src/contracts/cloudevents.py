"""CloudEvents 1.0 in Kafka's binary mode: attributes in headers, the event's JSON as value, the stream id as key.

What comes is read by the SDK; what goes is written here as the SDK would write it (a test compares), for there every
attribute is checked already. The project adds which attributes there are, that they agree with each other, and that
nothing leaves which a reader could stumble over. The value is bytes on both sides and not parsed: the inbox keeps it as
it came.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar, Final, NamedTuple, TypeAlias

from cloudevents.core.bindings.kafka import KafkaMessage, from_binary
from cloudevents.core.exceptions import CloudEventValidationError
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from contracts._json_guard import UnsafeData, check_json
from contracts.public_event import EVENT_TYPE

__all__ = ["Envelope", "KafkaRecord", "MalformedEnvelope", "UnsafeData", "decode", "encode", "hop_of", "source_of"]

Header: TypeAlias = tuple[str, bytes]
CONTENT_TYPE: Final = "application/json"
_TRACEPARENT: Final = "traceparent"
_SEQUENCE_DIGITS: Final = 20

REQUIRED: Final = (
    *("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "ce_subject"),
    *("ce_partitionkey", "ce_sequence", "ce_incarnation", "ce_recordedtime", "content-type"),
)

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,149}")
_SOURCE: Final = re.compile(r"/cn/[1-9][0-9]{5}/([a-z]+)")
_TRACE: Final = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_TEXT: Final = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{1,500}")
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,18}")
_SEQUENCE: Final = re.compile(r"[0-9]{20}")
_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?Z")


class MalformedEnvelope(ValueError):
    """A record that is no envelope of ours. `attribute` names what is missing or wrong; its content is not repeated."""

    code: ClassVar[str] = "envelope_malformed"

    def __init__(self, attribute: str) -> None:
        super().__init__(f"CloudEvents attribute missing or malformed: {attribute}")
        self.attribute: Final = attribute


class KafkaRecord(NamedTuple):
    key: bytes
    value: bytes
    headers: list[Header]


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One public event on its way. Times are aware; the same envelope always gives the same bytes."""

    source: str
    """`/cn/<region>/<service>`"""
    type: str
    stream: str
    version: int
    position: int
    """In the log of the source."""
    incarnation: str
    """Name of the source's log: new after a restore."""
    occurred_at: datetime
    recorded_at: datetime
    correlation: str | None = None
    causation: str | None = None
    traceparent: str | None = None
    """Context of the request that caused the event, for good; each hop has one of its own beside it."""
    data: bytes

    @property
    def id(self) -> str:
        """`stream/version/type`: what consumers deduplicate by."""
        return f"{self.stream}/{self.version}/{self.type}"

    @property
    def event_id(self) -> str:
        """`stream/version`: what corrections name."""
        return f"{self.stream}/{self.version}"

    @property
    def region(self) -> str:
        return self.source.split("/")[2]

    @property
    def service(self) -> str:
        return self.source.split("/")[3]


class _AsItIs(JSONFormat):
    """The data is JSON bytes already; parsing and writing it again could change them."""

    def read_data(self, body: bytes, datacontenttype: str | None) -> bytes:
        return body


_AS_IT_IS: Final = _AsItIs()


def source_of(region: str, service: str) -> str:
    return f"/cn/{region}/{service}"


def encode(envelope: Envelope, hop: str | None = None) -> KafkaRecord:
    """For aiokafka. `hop`: traceparent of the span that sends, else that of the cause.

    Raises `MalformedEnvelope` for wrong attributes and `UnsafeData` for data with lone surrogates, NUL or NaN.
    """
    check(envelope)
    check_json(envelope.data)
    texts = {
        "ce_specversion": "1.0",
        "ce_id": envelope.id,
        "ce_source": envelope.source,
        "ce_type": envelope.type,
        "ce_time": _utc_text(envelope.occurred_at),
        "ce_subject": envelope.stream,
        "content-type": CONTENT_TYPE,
        "ce_partitionkey": envelope.stream,
        "ce_sequence": f"{envelope.position:0{_SEQUENCE_DIGITS}}",
        "ce_incarnation": envelope.incarnation,
        "ce_recordedtime": _utc_text(envelope.recorded_at),
        "ce_correlationid": envelope.correlation,
        "ce_causationid": envelope.causation,
        "ce_traceparent": envelope.traceparent,
        _TRACEPARENT: hop or envelope.traceparent,
    }
    headers = [(name, text.encode()) for name, text in texts.items() if text]
    return KafkaRecord(envelope.stream.encode(), envelope.data, headers)


def decode(key: bytes | None, value: bytes | None, headers: Iterable[tuple[str, bytes | None]]) -> Envelope:
    """Extensions that it does not know are ignored. Raises `MalformedEnvelope` for all that `encode` never writes."""
    if not value:
        raise MalformedEnvelope("data")
    found = _attributes(key, value, headers)
    envelope = Envelope(
        source=found["source"],
        type=found["type"],
        stream=found["subject"],
        version=_version(found),
        position=int(_matching(_SEQUENCE, found, "sequence")),
        incarnation=found["incarnation"],
        occurred_at=_time(found, "time"),
        recorded_at=_time(found, "recordedtime"),
        correlation=found.get("correlationid"),
        causation=found.get("causationid"),
        traceparent=found.get("traceparent"),
        data=value,
    )
    check(envelope)
    return envelope


def check(envelope: Envelope) -> None:
    """Raises `MalformedEnvelope` for attributes that do not have their form or do not agree."""
    origin = _SOURCE.fullmatch(envelope.source)
    kind = EVENT_TYPE.fullmatch(envelope.type)
    if not origin:
        raise MalformedEnvelope("source")
    if not kind or kind[1] != origin[1]:
        raise MalformedEnvelope("type")
    if not _NAME.fullmatch(envelope.stream):
        raise MalformedEnvelope("subject")
    if not 1 <= envelope.version < 2**63:
        raise MalformedEnvelope("id")
    if not 1 <= envelope.position < 2**63:
        raise MalformedEnvelope("sequence")
    if not _NAME.fullmatch(envelope.incarnation):
        raise MalformedEnvelope("incarnation")
    _check_context(envelope)


def _check_context(envelope: Envelope) -> None:
    if envelope.occurred_at.tzinfo is None:
        raise MalformedEnvelope("time")
    if envelope.recorded_at.tzinfo is None:
        raise MalformedEnvelope("recordedtime")
    if envelope.correlation is not None and not _TEXT.fullmatch(envelope.correlation):
        raise MalformedEnvelope("correlationid")
    if envelope.causation is not None and not _TEXT.fullmatch(envelope.causation):
        raise MalformedEnvelope("causationid")
    if envelope.traceparent is not None and not _TRACE.fullmatch(envelope.traceparent):
        raise MalformedEnvelope("traceparent")


def _attributes(key: bytes | None, value: bytes, headers: Iterable[tuple[str, bytes | None]]) -> dict[str, str]:
    """By the SDK, after what it lets pass: missing and repeated headers, a key that is not the partition key."""
    ours: dict[str, bytes] = {}
    for name, content in headers:
        if name.startswith("ce_") or name == "content-type":
            if name in ours or content is None:
                raise MalformedEnvelope(name[:64])
            ours[name] = content
    for name in REQUIRED:
        if name not in ours:
            raise MalformedEnvelope(name)
    if ours["content-type"] != CONTENT_TYPE.encode():
        raise MalformedEnvelope("content-type")
    if not key == ours["ce_partitionkey"] == ours["ce_subject"]:
        raise MalformedEnvelope("ce_partitionkey")
    time = ours["ce_time"]
    try:
        event = from_binary(KafkaMessage(ours, key, value), _AS_IT_IS, CloudEvent)
        return {**event.get_attributes(), "time": time.decode()}
    except CloudEventValidationError as error:
        raise MalformedEnvelope(next(iter(error.errors))) from None
    except (ValueError, OverflowError):
        raise MalformedEnvelope("headers") from None


def _version(found: Mapping[str, str]) -> int:
    version, _, event_type = found["id"].removeprefix(found["subject"] + "/").partition("/")
    if event_type != found["type"] or not _NUMBER.fullmatch(version):
        raise MalformedEnvelope("id")
    return int(version)


def _matching(form: re.Pattern[str], found: Mapping[str, str], attribute: str) -> str:
    if not form.fullmatch(found[attribute]):
        raise MalformedEnvelope(attribute)
    return found[attribute]


def _time(found: Mapping[str, str], attribute: str) -> datetime:
    try:
        return datetime.fromisoformat(_matching(_TIME, found, attribute))
    except MalformedEnvelope:
        raise
    except ValueError:
        raise MalformedEnvelope(attribute) from None


def _utc_text(time: datetime) -> str:
    return time.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


def hop_of(headers: Iterable[Header]) -> str | None:
    """The sender's span, to link the receiver's to; None where there is none or it is malformed (W3C: ignore it)."""
    for name, value in headers:
        if name == _TRACEPARENT:
            text = value.decode("ascii", "replace")
            return text if _TRACE.fullmatch(text) else None
    return None
