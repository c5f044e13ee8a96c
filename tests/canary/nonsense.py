"""What is refused, or parked, and holds personal data all the same."""

import json
from collections.abc import Iterator
from typing import Any, Final

from tests.canary.subjects import Subject

POISON: Final = (
    ("ce_specversion", b"1.0"),
    ("ce_id", b"survey-poison/1/cn.labourbridge.registry.survey-recorded.v1"),
    ("ce_source", b"/cn/530000/registry"),
    ("ce_type", b"cn.labourbridge.registry.survey-recorded.v1"),
    ("ce_time", b"2026-03-02T00:00:00Z"),
    ("ce_traceparent", b"\xff\xfe"),
)


def nonsense(subject: Subject) -> Iterator[bytes]:
    """Bodies that are refused, and hold personal data all the same."""
    whole: dict[str, Any] = subject.survey()
    text = json.dumps(whole, ensure_ascii=False).encode()
    yield text[:-1]
    yield text + text
    yield json.dumps(whole).encode()[:-20]
    yield json.dumps(whole, ensure_ascii=False).encode("gb18030")
    yield json.dumps(whole, ensure_ascii=False).encode("utf-16")
    yield text.ljust((1 << 20) + 1)
    yield b'{"number":"' + subject.number.encode() + b'",' + text[1:]
    for name, value in subject.secrets.items():
        yield json.dumps(whole | {value: name}).encode()
        yield json.dumps(whole | {name: f"{value}\0"}).encode()
        yield json.dumps(whole | {name: [value]}).encode()
        for field_of in ("household_region", "channel", "surveyed_on", "corrects", "employment", "groups"):
            yield json.dumps(whole | {field_of: value}).encode()
