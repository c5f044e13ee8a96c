"""A worker's jobs and months, and what the meter made of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from placement.jobs import months
from placement.jobs.careers.events import JobEndNoted, JobMonthNoted, JobNoted
from placement.jobs.careers.meter import Meter, Run
from placement.jobs.rules.stable_employment import definitions_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Id of the event that said so."""

    event: str
    run: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Career:
    """By employment, and of months by number too. What is said of one may come before its start is."""

    worker: str = ""
    home: str = ""
    started: Mapping[str, JobNoted] = field(default_factory=dict)
    ended: Mapping[str, JobEndNoted] = field(default_factory=dict)
    said: Mapping[tuple[str, int], JobMonthNoted] = field(default_factory=dict)
    reached: Reached | None = None
    alerts: Mapping[int, str] = field(default_factory=dict)
    """Years that cannot reach their months, with the id of the event that said so."""
    version: int = 0

    @property
    def meter(self) -> Meter | None:
        """None: nothing is known that could be counted."""
        begun = [months.of(each.started_on) for each in self.started.values()] + [month for _, month in self.said]
        if not begun:
            return None
        days: dict[int, int] = {}
        for (_, month), said in self.said.items():
            days[month] = days.get(month, 0) + said.days
        return Meter(
            definitions=definitions_of(self.home),
            first=min(begun),
            known_on=min((each.noted_on for each in self.started.values()), default=date.min),
            last=self._last,
            days=days,
        )

    @property
    def _last(self) -> int | None:
        jobs = {*self.started, *(employment for employment, _ in self.said)}
        if not jobs <= self.ended.keys():
            return None
        return max(months.of(each.ended_on) for each in self.ended.values())


def hopeless(career: Career, meter: Meter, day: date) -> frozenset[int]:
    """Years that cannot reach their months any more on that day, up to the one in which employment became stable."""
    run, found = meter.run(), set[int]()
    for year in meter.followed():
        since = meter.hopeless_from(year)
        if (run is not None and year > run.years[-1]) or months.first_day(meter.begin(year)) > day:
            break
        if since is not None and since <= day:
            found.add(year)
    return frozenset(found)


def next_look(career: Career) -> date | None:
    """The day on which the next year gets out of reach if nothing is said until then."""
    meter = career.meter
    if meter is None or meter.run() is not None:
        return None
    for year in meter.followed():
        since = meter.hopeless_from(year)
        if since is not None and year not in career.alerts:
            return since
    return None
