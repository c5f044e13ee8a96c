"""What `known_at` may be: a position, or a time with its offset."""

from datetime import UTC, datetime

import pytest
from pydantic import TypeAdapter, ValidationError
from reporting.known import Known

KNOWN: TypeAdapter[int | datetime] = TypeAdapter(Known)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("0", 0),
        ("48213", 48213),
        ("2026-11-24T08:00:00+08:00", datetime(2026, 11, 24, tzinfo=UTC)),
        ("2026-11-24T00:00:00Z", datetime(2026, 11, 24, tzinfo=UTC)),
    ],
)
def test_a_position_or_a_time(text: str, meant: int | datetime) -> None:
    assert KNOWN.validate_python(text) == meant


@pytest.mark.parametrize(
    "text",
    ["", "-1", "1.5", "٣", "9" * 19, "2026-11-24", "2026-11-24T08:00:00", "0001-01-01T00:00:00+14:00", "yesterday"],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        KNOWN.validate_python(text)
