"""Quarters, and their first working days in China: with its holidays and the week-ends that are worked for them."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final

import holidays
from eventcore.clock import LEGAL

_FORM: Final = re.compile(r"([12][0-9]{3})-Q([1-4])")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    year: int
    number: int
    """1 to 4."""

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @staticmethod
    def of(day: date) -> "Quarter":
        return Quarter(day.year, (day.month + 2) // 3)

    @staticmethod
    def parse(text: str) -> "Quarter":
        """`2026-Q4`. ValueError."""
        found = _FORM.fullmatch(text)
        if found is None:
            raise ValueError("no quarter")
        return Quarter(int(found[1]), int(found[2]))

    @property
    def start(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)


def due_on(quarter: Quarter, working_days: int) -> date:
    """The last day within so many working days of the quarter's start."""
    return _calendar(quarter.year).get_nth_working_day(quarter.start - timedelta(days=1), working_days)


def end_of(day: date) -> datetime:
    """The moment after the legal day, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), LEGAL).astimezone(UTC)


@cache
def _calendar(year: int) -> holidays.HolidayBase:
    """With the working Saturdays and Sundays that the State Council orders; years it has not yet spoken of are counted
    by the general rule."""
    return holidays.country_holidays("CN", years=[year - 1, year])
