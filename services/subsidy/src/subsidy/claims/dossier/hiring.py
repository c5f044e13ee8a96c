"""A worker's job, and the months of it with social insurance: what the subsidy to the employer rests on (R-SUB-37)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from subsidy.claims.dossier.job_events import JobMonthNoted, JobNoted
from subsidy.claims.dossier.parts import Said
from subsidy.claims.dossier.travel import end_of, is_said

Notes: TypeAlias = Mapping[tuple[str, ...], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiring:
    job: JobNoted
    insured: tuple[JobMonthNoted, ...]
    """Months with work for which insurance was paid."""
    whole: bool
    """The job is over, and every month of it was said."""

    @property
    def day(self) -> date:
        return self.job.started_on

    @property
    def said(self) -> Said:
        return self.job.said

    @property
    def last(self) -> Said:
        """The newest fact that the months rest on."""
        return self.insured[-1].said if self.insured else self.job.said


def hiring(notes: Notes, employment: str) -> Hiring | None:
    """None where nobody said of its start."""
    job, end = notes.get(("job", employment)), end_of(notes, employment)
    if not isinstance(job, JobNoted):
        return None
    years = range(job.started_on.year, end.year + 1) if end else ()
    insured = (
        each
        for each in notes.values()
        if isinstance(each, JobMonthNoted) and each.employment == employment and each.days and each.insured
    )
    return Hiring(
        job=job,
        insured=tuple(sorted(insured, key=lambda each: each.month)),
        whole=end is not None and all(is_said(notes, job, year) for year in years),
    )
