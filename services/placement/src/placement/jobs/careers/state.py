"""A worker's jobs and months, and what the meter made of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from placement.jobs import months
from placement.jobs.careers.events import JobEndNoted, JobMonthNoted, JobNoted, Jobs
from placement.jobs.careers.meter import Meter, Run
from placement.jobs.rules.stable_employment import definitions_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Id of the event that said so."""

    event: str
    run: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """By employment, and of months by number too. What is said of one may come before its start is."""

    started: Mapping[str, JobNoted] = field(default_factory=dict)
    ended: Mapping[str, JobEndNoted] = field(default_factory=dict)
    said: Mapping[tuple[str, int], JobMonthNoted] = field(default_factory=dict)

    def after(self, *events: JobNoted | JobMonthNoted | JobEndNoted) -> "Record":
        started, ended, said = dict(self.started), dict(self.ended), dict(self.said)
        for event in events:
            employment = event.job.employment
            match event:
                case JobNoted():
                    started[employment] = event
                case JobMonthNoted(month=month):
                    said[employment, months.number(month)] = event
                case JobEndNoted():
                    ended[employment] = event
                case _:
                    assert_never(event)
        return Record(started=started, ended=ended, said=said)

    def beside(self, other: "Record") -> "Record":
        """Both; of the same employment and month this one's word counts."""
        return Record(
            started={**other.started, **self.started},
            ended={**other.ended, **self.ended},
            said={**other.said, **self.said},
        )

    @property
    def jobs(self) -> Jobs:
        """As it is stored."""
        return Jobs(
            started=tuple(self.started.values()), months=tuple(self.said.values()), ended=tuple(self.ended.values())
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Career:
    """What was told of the worker, and of those whom the worker stands for."""

    worker: str = ""
    home: str = ""
    own: Record = field(default_factory=Record)
    others: Mapping[str, Record] = field(default_factory=dict)
    canonical: str | None = None
    """Who stands for the worker: everything counts there, and nothing here."""
    reached: Reached | None = None
    alerts: Mapping[int, str] = field(default_factory=dict)
    """Years that cannot reach their months, with the id of the event that said so."""
    version: int = 0

    @property
    def record(self) -> Record:
        """Of the person."""
        found = self.own
        for each in self.others.values():
            found = found.beside(each)
        return found

    def taking_over(self, other: str, jobs: Jobs) -> "Career":
        """With what was said of the other, in place of what was said of the same before."""
        known = self.others.get(other, Record()).after(*jobs.started, *jobs.months, *jobs.ended)
        return replace(self, others={**self.others, other: known})

    @property
    def meter(self) -> Meter | None:
        """None: nothing is known that could be counted."""
        record = self.record
        begun = [months.of(each.started_on) for each in record.started.values()] + [month for _, month in record.said]
        if not begun:
            return None
        days: dict[int, int] = {}
        for (_, month), said in record.said.items():
            days[month] = days.get(month, 0) + said.days
        return Meter(
            definitions=definitions_of(self.home),
            first=min(begun),
            known_on=min((each.noted_on for each in record.started.values()), default=date.min),
            last=_last(record),
            days=days,
        )


def _last(record: Record) -> int | None:
    jobs = {*record.started, *(employment for employment, _ in record.said)}
    if not jobs <= record.ended.keys():
        return None
    return max(months.of(each.ended_on) for each in record.ended.values())


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
    if meter is None or career.canonical is not None or meter.run() is not None:
        return None
    for year in meter.followed():
        since = meter.hopeless_from(year)
        if since is not None and year not in career.alerts:
            return since
    return None
