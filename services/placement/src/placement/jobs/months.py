"""Calendar months as numbers, so that years may begin in any of them."""

from datetime import date, timedelta


def number(month: str) -> int:
    """Of `2026-07`."""
    return 12 * int(month[:4]) + int(month[5:]) - 1


def named(month: int) -> str:
    """`2026-07`, of its number."""
    return f"{month // 12}-{month % 12 + 1:02}"


def of(day: date) -> int:
    """The month in which the day lies."""
    return 12 * day.year + day.month - 1


def first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def last_day(month: int) -> date:
    return first_day(month + 1) - timedelta(days=1)
