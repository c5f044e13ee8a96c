"""Calendar months by their names, `2026-09`, and the school year in which one lies."""

from datetime import date
from typing import Final

BEGINS: Final = 9
"""A school year begins with this month (illustrative)."""


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def after(month: str) -> date:
    """The first day after it."""
    year, number = int(month[:4]), int(month[5:])
    return date(year + number // 12, number % 12 + 1, 1)


def school_year(month: str) -> int:
    """The calendar year in which the school year began."""
    return int(month[:4]) - (int(month[5:]) < BEGINS)
