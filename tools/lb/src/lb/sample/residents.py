"""Resident ID numbers of nobody (GB 11643): a county part that was never given out, a real age, a right check digit."""

from datetime import date
from typing import Final

NOBODYS: Final = "99"
"""County part of the address code that no county ever had."""

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"


def check_character(front: str) -> str:
    """Of the first 17 digits."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(front, _WEIGHTS, strict=True)) % 11]


def number_of(prefecture: str, born: date | str, sequence: int) -> str:
    """18 characters. `prefecture`: its four digits; `born`: a day, or eight digits where there is no such day."""
    day = born if isinstance(born, str) else f"{born:%Y%m%d}"
    front = f"{prefecture}{NOBODYS}{day}{sequence:03d}"
    return front + check_character(front)


def old_number_of(number: str) -> str:
    """The 15 digits that the same person had before 1999: no century, no check character."""
    return number[:6] + number[8:17]
