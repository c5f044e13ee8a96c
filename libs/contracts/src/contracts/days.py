"""Days in addresses."""

import re
from datetime import date
from typing import Annotated, Final, TypeAlias

from pydantic import BeforeValidator

_WRITTEN_OUT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _written_out(text: object) -> object:
    if isinstance(text, str) and not _WRITTEN_OUT.fullmatch(text):
        raise ValueError("not a day")
    return text


Day: TypeAlias = Annotated[date, BeforeValidator(_written_out)]
"""YYYY-MM-DD (RFC 3339, full-date): a parameter is a text, and Pydantic would take `0` for the first day of 1970."""
