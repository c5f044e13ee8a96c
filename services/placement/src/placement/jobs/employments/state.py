"""What a job is, as far as its rules need to know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeAlias

from placement.jobs import months
from placement.jobs.employments import refusals
from placement.jobs.employments.events import ContractSigned, MonthConfirmed, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Hired:
    """Signed, and not started."""

    terms: Terms
    contract: ContractSigned


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    terms: Terms
    contract: ContractSigned | None
    """The last that was signed."""
    started_on: date
    months: Mapping[str, MonthConfirmed] = field(default_factory=dict)

    def longest(self, month: str, until: date) -> int:
        """Days of this job in a month, none of which lies on or after `until`."""
        number = months.number(month)
        first = max(months.first_day(number), self.started_on)
        return max(0, (min(months.first_day(number + 1), until) - first).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    job: Working
    ended_on: date
    reason: str

    @property
    def terms(self) -> Terms:
        return self.job.terms


Employment: TypeAlias = Unknown | Hired | Working | Over


def known(employment: Employment) -> Hired | Working | Over:
    """The job. Refuses where there is none."""
    if isinstance(employment, Unknown):
        raise refusals.EmploymentNotThere
    return employment


def days_until(employment: Working | Over, today: date) -> tuple[Working, date]:
    """The job, and the first day that nothing can be confirmed of yet, or any more."""
    match employment:
        case Working():
            return employment, today + timedelta(days=1)
        case Over(job=job, ended_on=ended_on):
            return job, ended_on
