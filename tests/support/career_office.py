"""A career in the course of time, and the slow way to count it, month by month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from eventcore import Seen, Wake
from job_samples import WORKER, seeing
from placement.jobs.careers.career import CAREER, ring
from placement.jobs.careers.commands import CareerCommand, NoteJob
from placement.jobs.careers.events import (
    CareerEvent,
    JobEndNoted,
    JobMonthNoted,
    JobNoted,
    StableEmploymentAtRisk,
    StableEmploymentReached,
    StableEmploymentWithdrawn,
)
from placement.jobs.careers.meter import Meter
from placement.jobs.rules.stable_employment import Definition

LAST_YEAR: Final = 2030


def definition(first_month: int, month_days: int = 15, needed: int = 8, years: int = 3) -> Definition:
    return Definition(
        region="",
        valid_from=date(2000, 1, 1),
        first_month=first_month,
        month_days=month_days,
        months=needed,
        years=years,
        settled_after=31,
        source="R-PLC-02",
        illustrative=True,
    )


@dataclass(frozen=True)
class Counter:
    """The slow way: every month by its calendar, every day on which one is settled."""

    meter: Meter
    first_month: int

    def months_of(self, year: int) -> list[date]:
        return [
            date(year + (self.first_month + n - 1) // 12, (self.first_month + n - 1) % 12 + 1, 1) for n in range(12)
        ]

    def counts(self, year: int, day: date) -> bool:
        return self.meter.days.get(12 * day.year + day.month - 1, 0) >= self.meter.definitions(year).month_days

    def is_enough(self, year: int) -> bool:
        return sum(self.counts(year, day) for day in self.months_of(year)) >= self.meter.definitions(year).months

    def runs(self) -> Iterator[tuple[int, ...]]:
        for last in range(2020, LAST_YEAR + 2):
            length = self.meter.definitions(last).years
            years = tuple(range(last - length + 1, last + 1))
            if all(self.is_enough(year) for year in years):
                yield years

    def settled(self, first: date) -> date:
        """From which day on nobody waits for the month any more."""
        over = (first + timedelta(days=31)).replace(day=1)
        return max(over, self.meter.known_on) + timedelta(days=31)

    def can_reach(self, year: int, day: date) -> bool:
        """Whether the year could still have its months if all that is open on that day came to count."""
        possible = 0
        for first in self.months_of(year):
            begun = 12 * first.year + first.month - 1 >= self.meter.first
            possible += self.counts(year, first) or (begun and day < self.settled(first))
        return possible >= self.meter.definitions(year).months

    def hopeless_from(self, year: int) -> date | None:
        """The first day on which it cannot; on days on which no month is settled nothing changes."""
        if not self.can_reach(year, self.months_of(year)[0] - timedelta(days=365)):
            return None
        settling = sorted(map(self.settled, self.months_of(year)))
        return next((day for day in settling if not self.can_reach(year, day)), None)


class CareerOffice:
    """Facts come in, and timers ring when they are due."""

    def __init__(self) -> None:
        self.events: list[CareerEvent] = []
        self.timers: dict[str, date] = {}
        self.career = CAREER.initial

    def hear(self, said: JobNoted | JobMonthNoted | JobEndNoted, today: date) -> None:
        self.ring_until(today)
        self.do(NoteJob(said=said, today=today))

    def ring_until(self, today: date) -> None:
        while due := sorted((day, name) for name, day in self.timers.items() if day <= today):
            _, name = due[0]
            del self.timers[name]
            self.do(ring(WORKER, name))

    def do(self, command: CareerCommand, seen: Seen | None = None) -> None:
        for each in CAREER.decide(command, self.career, seen or seeing(CAREER, command)):
            for effect in CAREER.effects(self.career, each):
                assert isinstance(effect, Wake)
                self.timers.pop(effect.name, None)
                if effect.at is not None:
                    self.timers[effect.name] = effect.at.date()
            self.career = CAREER.evolve(self.career, each)
            self.events.append(each)

    def standing(self) -> tuple[tuple[int, ...] | None, frozenset[int]]:
        """What somebody who only reads the events believes: years reached, and years out of reach."""
        said = {f"career-{WORKER}/{n}": each for n, each in enumerate(self.events, 1)}
        fallen = {each.corrects for each in self.events if isinstance(each, StableEmploymentWithdrawn)}
        held = [each for id, each in said.items() if id not in fallen]
        reached = [each.years for each in held if isinstance(each, StableEmploymentReached)]
        alerts = [each.year for each in held if isinstance(each, StableEmploymentAtRisk)]
        assert len(reached) <= 1
        assert len(alerts) == len(set(alerts))
        return reached[0] if reached else None, frozenset(alerts)
