"""A worker's year away from home, by what is known of the jobs: what travel subsidies rest on (R-SUB-36)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from subsidy.claims.dossier.job_events import JobEndNoted, JobMonthNoted, JobNoted
from subsidy.claims.dossier.parts import Said

ZONES: Final = ("OUTSIDE_PROVINCE", "OUTSIDE_CITY", "INSIDE_CITY")
"""The farthest first. What is done in the home county is no travel."""
Notes: TypeAlias = Mapping[tuple[str, ...], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelYear:
    """The farthest job of a calendar year, of those the earliest, and the months worked as far away."""

    day: date
    """The first day of that job in the year."""
    job: JobNoted
    zone: str
    months: tuple[JobMonthNoted, ...]
    whole: bool
    """Nothing of the year is open: every month of the jobs was said."""

    @property
    def said(self) -> Said:
        return self.job.said

    @property
    def last(self) -> Said:
        """The newest fact that the months rest on."""
        return self.months[-1].said if self.months else self.job.said

    @property
    def months_in_a_row(self) -> int:
        numbers = sorted({int(each.month[5:]) for each in self.months})
        longest = run = 0
        for before, number in zip([None, *numbers], numbers, strict=False):
            run = run + 1 if before is not None and number == before + 1 else 1
            longest = max(longest, run)
        return longest

    @property
    def wages(self) -> int:
        return sum(each.wage for each in self.months)


def zone_of(home: str, region: str) -> str | None:
    """How far away the work is; None: in the home county."""
    if home[:2] != region[:2]:
        return "OUTSIDE_PROVINCE"
    if home[:4] != region[:4]:
        return "OUTSIDE_CITY"
    return "INSIDE_CITY" if home != region else None


def travel_year(notes: Notes, year: int) -> TravelYear | None:
    """None where no job away from home is known in that year."""
    first = date(year, 1, 1)
    jobs = [each for each in _away(notes, year) if zone_of(each.home, each.region)]
    if not jobs:
        return None
    job = min(jobs, key=lambda each: (_rank(each), each.started_on, each.employment))
    as_far = [each for each in jobs if _rank(each) <= _rank(job)]
    return TravelYear(
        day=max(job.started_on, first),
        job=job,
        zone=ZONES[_rank(job)],
        months=_months(notes, year, _rank(job)),
        whole=all(is_said(notes, each, year) for each in as_far),
    )


def _rank(noted: JobNoted | JobMonthNoted) -> int:
    zone = zone_of(noted.home, noted.region)
    return ZONES.index(zone) if zone else len(ZONES)


def _away(notes: Notes, year: int) -> Iterator[JobNoted]:
    for each in notes.values():
        if isinstance(each, JobNoted) and each.started_on.year <= year:
            end = end_of(notes, each.employment)
            if end is None or end > date(year, 1, 1):
                yield each


def end_of(notes: Notes, employment: str) -> date | None:
    """The first day without the job, where it is known."""
    end = notes.get(("job-end", employment))
    return end.ended_on if isinstance(end, JobEndNoted) else None


def _months(notes: Notes, year: int, rank: int) -> tuple[JobMonthNoted, ...]:
    worked = (
        each
        for each in notes.values()
        if isinstance(each, JobMonthNoted) and each.days and each.month[:4] == str(year) and _rank(each) <= rank
    )
    return tuple(sorted(worked, key=lambda each: (each.month, each.employment)))


def is_said(notes: Notes, job: JobNoted, year: int) -> bool:
    """Whether every month of the job in that year was said, with or without work."""
    end = end_of(notes, job.employment)
    return all(("job-month", job.employment, month) in notes for month in _span(job, end, year))


def _span(job: JobNoted, end: date | None, year: int) -> Iterable[str]:
    months: Sequence[date] = [date(year, number, 1) for number in range(1, 13)]
    begun = job.started_on.replace(day=1)
    return [f"{each:%Y-%m}" for each in months if each >= begun and (end is None or each < end)]
