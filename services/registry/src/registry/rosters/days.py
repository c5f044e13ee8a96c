"""Days as spreadsheets keep and clerks write them."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from registry.rosters.text import narrow

_WRITTEN: Final = re.compile(
    r"([0-9]{4}) ?[-/.年] ?([0-9]{1,2}) ?[-/.月] ?([0-9]{1,2}) ?[日号]?"
    r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
)
_TOGETHER: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:\.0+)?")
_SERIAL: Final = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_EPOCH: Final = date(1899, 12, 30)
"""From March 1900 on; before, the programs count a day that there never was."""
_SERIALS: Final = range(10_000, 73_051)
"""1927-05-18 to 2099-12-31: shorter ones look like years."""
_BETWEEN_EPOCHS: Final = 1_462
_YEARS: Final = range(1800, 2200)


@lru_cache(maxsize=4096)
def day(text: str) -> date | None:
    """2024-01-02, 2024/1/2, 2024.1.2, 20240102, 2024年1月2日, with or without a time of day, or 45293. Else None:
    a day that does not exist, a year of two digits, or day and month in an order that nobody can be sure of."""
    text = narrow(text)
    if found := _WRITTEN.fullmatch(text) or _TOGETHER.fullmatch(text):
        return _real(*map(int, found.groups()))
    if (found := _SERIAL.fullmatch(text)) and int(found[1]) in _SERIALS:
        return _EPOCH + timedelta(days=int(found[1]))
    return None


def from_1904(text: str) -> str:
    """The text of a cell of a workbook whose serial numbers begin in 1904, as other programs would have it."""
    found = _SERIAL.fullmatch(narrow(text))
    return str(int(found[1]) + _BETWEEN_EPOCHS) if found else text


def _real(year: int, month: int, day_of_month: int) -> date | None:
    try:
        return date(year, month, day_of_month) if year in _YEARS else None
    except ValueError:
        return None
