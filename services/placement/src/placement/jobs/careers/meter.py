"""The meter of stable employment (R-PLC-02): three years in a row with at least eight months of work in each, whoever
the employers are and wherever the work is. The numbers come from the definition of each year.

Months are numbers (`months`). Days that were worked at several places in one month add up.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from placement.jobs import months
from placement.jobs.rules.stable_employment import Definition, Definitions


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Years in a row that make employment stable, and the day on which the last of them had its months."""

    years: tuple[int, ...]
    reached_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """What can be counted of one worker's months."""

    definitions: Definitions
    first: int
    """The month in which the first job began."""
    known_on: date
    """The day on which home heard of the first job. Months before it are waited for from then on."""
    last: int | None
    """The month in which the last job ended; None: there is one."""
    days: Mapping[int, int]
    """Days worked in each month that was confirmed."""

    @property
    def known_years(self) -> range:
        """From the first job to the last month that was confirmed."""
        return range(self._year_of(self.first), self._year_of(max(self.days, default=self.first)) + 1)

    def counting(self, year: int) -> tuple[int, ...]:
        """The months of the year that count."""
        enough = self.definitions(year).month_days
        return tuple(each for each in self._months_of(year) if self.days.get(each, 0) >= enough)

    def run(self) -> Run | None:
        """The first years in a row that are enough."""
        years: tuple[int, ...] = ()
        for year in self.known_years:
            definition, counting = self.definitions(year), self.counting(year)
            if len(counting) < definition.months:
                years = ()
                continue
            years = (*years, year)
            if len(years) >= definition.years:
                return Run(years=years, reached_on=months.last_day(counting[definition.months - 1]))
        return None

    def hopeless_from(self, year: int) -> date | None:
        """The day from which on the year cannot reach its months any more, if nothing else is said; None: it has them,
        or never could have had them."""
        definition = self.definitions(year)
        lost = sorted(self._lost(year, definition))
        spare = len(self._months_of(year)) - definition.months
        if len(lost) <= spare or lost[spare] == date.min:
            return None
        return lost[spare]

    def followed(self) -> Iterator[int]:
        """Years that somebody looks at: from the first job, but none that was over when it became known, until the year
        after the last one ended; without an end where there is a job."""
        year = max(self.known_years.start, self._year_of(months.of(self.known_on)))
        while self.last is None or year <= self._year_of(self.last) + 1:
            yield year
            year += 1

    def _lost(self, year: int, definition: Definition) -> Iterator[date]:
        """The day on which each month that does not count is lost; before the first job it always was."""
        counting = self.counting(year)
        for month in self._months_of(year):
            if month < self.first:
                yield date.min
            elif month not in counting:
                over = months.last_day(month) + timedelta(days=1)
                yield max(over, self.known_on) + timedelta(days=definition.settled_after)

    def begin(self, year: int) -> int:
        """The first month of a year."""
        return 12 * year + self._first_month - 1

    def _months_of(self, year: int) -> range:
        return range(self.begin(year), self.begin(year + 1))

    def _year_of(self, month: int) -> int:
        return (month - self._first_month + 1) // 12

    @property
    def _first_month(self) -> int:
        return self.definitions(self.first // 12).first_month
