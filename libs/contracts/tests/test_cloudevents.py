"""CloudEvents 1.0 in Kafka binary mode."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event, to_binary_event
from contracts.cloudevents import (
    REQUIRED,
    Envelope,
    KafkaRecord,
    MalformedEnvelope,
    UnsafeData,
    decode,
    encode,
    hop_of,
    source_of,
)
from hypothesis import given
from hypothesis import strategies as st

GOLDEN = json.loads((Path(__file__).parent / "golden" / "kafka-record.json").read_text(encoding="utf-8"))
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
HOP = "00-4bf92f3577b34da6a3ce929d0e0e4736-53995c3f42cd8ad8-01"

ENVELOPE = Envelope(
    source=source_of("520000", "registry"),
    type="cn.labourbridge.registry.survey-recorded.v1",
    stream="survey-0190a1b2-0000-7000-8000-000000000001",
    version=1,
    position=42,
    incarnation="7f3a9c",
    occurred_at=datetime(2026, 11, 20, 9, 30, tzinfo=timezone(timedelta(hours=8))),
    recorded_at=datetime(2026, 11, 20, 1, 30, 1, 123456, tzinfo=UTC),
    correlation="0190a1b2-0000-7000-8000-0000000000aa",
    causation="0190a1b2-0000-7000-8000-0000000000aa",
    traceparent=TRACE,
    data=GOLDEN["value"].encode(),
)


def with_header(record: KafkaRecord, name: str, value: bytes) -> KafkaRecord:
    return record._replace(headers=[(each, value if each == name else old) for each, old in record.headers])


def malformed(record: KafkaRecord) -> str:
    with pytest.raises(MalformedEnvelope) as caught:
        decode(*record)
    return caught.value.attribute


def test_a_record_is_byte_for_byte_what_it_was() -> None:
    assert encode(ENVELOPE) == KafkaRecord(
        key=GOLDEN["key"].encode(),
        value=GOLDEN["value"].encode(),
        headers=[(name, value.encode()) for name, value in GOLDEN["headers"]],
    )


def test_the_headers_say_what_the_design_asks_for() -> None:
    headers = dict(encode(ENVELOPE).headers)
    assert headers["ce_id"] == f"{ENVELOPE.stream}/1/{ENVELOPE.type}".encode()
    assert headers["ce_source"] == b"/cn/520000/registry"
    assert headers["ce_time"] == b"2026-11-20T01:30:00Z"
    assert headers["ce_recordedtime"] == b"2026-11-20T01:30:01.123456Z"
    assert headers["ce_subject"] == headers["ce_partitionkey"] == encode(ENVELOPE).key
    assert headers["ce_sequence"] == b"00000000000000000042"
    assert headers["content-type"] == b"application/json"


def test_another_reader_of_the_standard_understands_it() -> None:
    key, value, headers = encode(ENVELOPE)
    event = from_binary_event(KafkaMessage(dict(headers), key, value))
    assert event.get_id() == ENVELOPE.id
    assert event.get_time() == ENVELOPE.occurred_at
    assert event.get_extension("incarnation") == "7f3a9c"
    assert event.get_data() == json.loads(ENVELOPE.data)


texts = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40)
envelopes = st.builds(
    Envelope,
    source=st.just("/cn/520000/registry"),
    type=st.sampled_from([ENVELOPE.type, "cn.labourbridge.registry.worker-registered.v12"]),
    stream=st.from_regex(r"\A[a-z]{1,20}-[0-9a-f-]{1,36}\Z"),
    version=st.integers(1, 2**63 - 1),
    position=st.integers(1, 2**63 - 1),
    incarnation=st.from_regex(r"\A[0-9a-z]{1,32}\Z"),
    occurred_at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    recorded_at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    correlation=st.none() | texts,
    causation=st.none() | texts,
    traceparent=st.none() | st.just(TRACE),
    data=st.dictionaries(texts, texts).map(lambda members: json.dumps(members, ensure_ascii=False).encode()),
)


@given(envelopes)
def test_the_headers_are_those_that_the_sdk_writes(envelope: Envelope) -> None:
    key, value, headers = encode(envelope)
    ours = {name: content for name, content in headers if name != "traceparent"}
    written = to_binary_event(from_binary_event(KafkaMessage(ours, key, value)))
    assert (written.key, written.headers) == (key.decode(), ours)


@given(envelopes)
def test_every_envelope_comes_back_as_it_went_and_goes_again_as_it_came(envelope: Envelope) -> None:
    record = encode(envelope)
    assert decode(*record) == envelope
    assert encode(decode(*record)) == record


def test_a_time_is_written_in_utc_whatever_zone_it_came_in() -> None:
    elsewhere = replace(ENVELOPE, occurred_at=ENVELOPE.occurred_at.astimezone(UTC))
    assert encode(elsewhere) == encode(ENVELOPE)


def test_each_hop_has_its_own_context_beside_that_of_the_cause() -> None:
    headers = encode(ENVELOPE, hop=HOP).headers
    assert (hop_of(headers), dict(headers)["ce_traceparent"]) == (HOP, TRACE.encode())
    assert hop_of(encode(ENVELOPE).headers) == TRACE
    assert hop_of(encode(replace(ENVELOPE, traceparent=None)).headers) is None
    assert hop_of([("traceparent", b"00-nonsense")]) is None
    assert hop_of([("traceparent", b"\xff")]) is None


def test_extensions_of_a_newer_sender_are_ignored() -> None:
    record = encode(ENVELOPE)
    newer = record._replace(headers=[*record.headers, ("ce_signature", b"abc"), ("x-proxy", b"\xff")])
    assert decode(*newer) == ENVELOPE


@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_or_repeated_header_is_named(name: str) -> None:
    record = encode(ENVELOPE)
    assert malformed(record._replace(headers=[each for each in record.headers if each[0] != name])) == name
    assert malformed(record._replace(headers=[*record.headers, (name, b"again")])) == name


@pytest.mark.parametrize(
    ("name", "value", "attribute"),
    [
        ("ce_specversion", b"0.3", "specversion"),
        ("ce_id", b"survey-1/1/x", "id"),
        ("ce_id", f"{ENVELOPE.stream}/0/{ENVELOPE.type}".encode(), "id"),
        ("ce_id", f"{ENVELOPE.stream}/01/{ENVELOPE.type}".encode(), "id"),
        ("ce_id", f"{ENVELOPE.stream}/1/{ENVELOPE.type}.".encode(), "id"),
        ("ce_id", b"", "id"),
        ("ce_source", b"/cn/52/registry", "source"),
        ("ce_source", b"https://example.org", "source"),
        ("ce_type", b"cn.labourbridge.registry.worker-registered.v1", "id"),
        ("ce_time", b"yesterday", "headers"),
        ("ce_time", b"2026-11-20T01:30:00", "time"),
        ("ce_time", b"2026-11-20T09:30:00+08:00", "time"),
        ("ce_time", b"9999-12-31T24:00:00Z", "headers"),
        ("ce_recordedtime", b"yesterday", "recordedtime"),
        ("ce_recordedtime", b"2026-11-20T01:30:00", "recordedtime"),
        ("ce_recordedtime", b"2026-11-31T01:30:00Z", "recordedtime"),
        ("ce_subject", b"survey-2", "ce_partitionkey"),
        ("ce_partitionkey", b"survey-2", "ce_partitionkey"),
        ("ce_sequence", b"42", "sequence"),
        ("ce_sequence", b"00000000000000000000", "sequence"),
        ("ce_incarnation", b"", "incarnation"),
        ("ce_incarnation", b"\xff", "headers"),
        ("ce_correlationid", b"a\0b", "correlationid"),
        ("ce_causationid", b"", "causationid"),
        ("ce_traceparent", b"00-00000000000000000000000000000000-00f067aa0ba902b7-01", "traceparent"),
        ("content-type", b"application/cloudevents+json", "content-type"),
    ],
)
def test_a_malformed_header_is_named(name: str, value: bytes, attribute: str) -> None:
    assert malformed(with_header(encode(ENVELOPE), name, value)) == attribute


@given(
    st.integers(0, 14), st.binary(max_size=40) | st.text(max_size=40).map(lambda text: text.encode("utf-8", "replace"))
)
def test_whatever_a_header_holds_it_is_an_envelope_or_the_one_error(which: int, value: bytes) -> None:
    record = encode(ENVELOPE)
    name = record.headers[which][0]
    try:
        envelope = decode(*with_header(record, name, value))
    except MalformedEnvelope:
        return
    assert encode(envelope, hop=HOP).headers[which] == (name, value) or name == "traceparent"


def test_a_tombstone_a_missing_key_and_a_null_header_are_malformed() -> None:
    record = encode(ENVELOPE)
    for value in (None, b""):
        with pytest.raises(MalformedEnvelope, match="data"):
            decode(record.key, value, record.headers)
    for key in (None, b"", b"survey-2"):
        with pytest.raises(MalformedEnvelope, match="ce_partitionkey"):
            decode(key, record.value, record.headers)
    with pytest.raises(MalformedEnvelope, match="ce_id"):
        decode(record.key, record.value, [("ce_id", None), *record.headers])


@pytest.mark.parametrize(
    ("attribute", "wrong"),
    [
        ("source", replace(ENVELOPE, source="/cn/520000/Registry")),
        ("type", replace(ENVELOPE, type="cn.labourbridge.training.enrolled.v1")),
        ("type", replace(ENVELOPE, type="SurveyRecorded")),
        ("subject", replace(ENVELOPE, stream="survey/1")),
        ("subject", replace(ENVELOPE, stream="survey-\ud800")),
        ("id", replace(ENVELOPE, version=0)),
        ("sequence", replace(ENVELOPE, position=2**63)),
        ("time", replace(ENVELOPE, occurred_at=datetime(2026, 11, 20))),  # noqa: DTZ001
        ("recordedtime", replace(ENVELOPE, recorded_at=datetime(2026, 11, 20))),  # noqa: DTZ001
        ("correlationid", replace(ENVELOPE, correlation="a\ud800")),
        ("causationid", replace(ENVELOPE, causation="a\nb")),
        ("traceparent", replace(ENVELOPE, traceparent=TRACE.upper())),
    ],
)
def test_a_wrong_attribute_does_not_get_out(attribute: str, wrong: Envelope) -> None:
    with pytest.raises(MalformedEnvelope) as caught:
        encode(wrong)
    assert caught.value.attribute == attribute


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":"\\ud800"}',
        b'{"a":"\\uDC00x"}',
        b'{"\\ud800":1}',
        b'{"a":"\\u0000"}',
        b'{"a":["\\u0000"]}',
        b'{"a":"\x00"}',
        '{"a":"\ud800"}'.encode("utf-8", "surrogatepass"),
        b"\xff",
        b'{"a":NaN}',
        b'{"a":[-Infinity]}',
        b'{"a":"\\u0000"',
        b"[]",
        b"",
    ],
)
def test_surrogates_nul_nan_and_other_things_than_objects_do_not_get_out(data: bytes) -> None:
    with pytest.raises(UnsafeData):
        encode(replace(ENVELOPE, data=data))


@pytest.mark.parametrize(
    "data", [b'{"a":"\\ud83d\\ude00"}', b'{"a":"\\\\u0000"}', b'{"a":"NaN Infinity"}', '{"a":"王"}'.encode()]
)
def test_what_only_looks_like_it_gets_out(data: bytes) -> None:
    assert encode(replace(ENVELOPE, data=data)).value == data
