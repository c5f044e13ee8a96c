"""A day in an address is written out, or it is none."""

from datetime import date

import pytest
from contracts.days import Day
from pydantic import TypeAdapter, ValidationError

DAY = TypeAdapter[date](Day)


def test_a_day_that_is_written_out_is_read() -> None:
    assert DAY.validate_python("2026-02-28") == date(2026, 2, 28)
    assert DAY.json_schema() == {"type": "string", "format": "date"}


@pytest.mark.parametrize(
    "text",
    ["0", "1767225600", "-1", "1e3", "2026-02-30", "2026-2-3", "2026-02-28T00:00:00", " 2026-02-28", "２０２６-02-28"],
)
def test_no_number_of_seconds_or_moment_is_a_day(text: str) -> None:
    with pytest.raises(ValidationError):
        DAY.validate_python(text)
