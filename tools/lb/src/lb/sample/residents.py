"""Numbers of nobody: resident IDs (GB 11643) with a county part that was never given out, a real age and a right check
digit, and bank cards."""

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


def account_of(sequence: int) -> str:
    """A card of nobody: 19 digits of an issuer that was never given out, a right check digit (ISO/IEC 7812-1)."""
    front = f"629999{sequence:012d}"
    doubled = (int(digit) * (2 - n % 2) for n, digit in enumerate(reversed(front)))
    return front + str(-sum(each // 10 + each % 10 for each in doubled) % 10)
