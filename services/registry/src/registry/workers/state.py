"""What a worker's stream says of the worker now. Nothing personal."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from contracts.memberships import Membership

from registry.privacy.state import Privacy
from registry.workers import refusals
from registry.workers.pairs import Linked


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Whether this province acts for the worker: from registration on, the first epoch, where nothing else was said."""

    epoch: int = 1
    steward: str | None = None
    """The province that acts in place of this one."""
    is_guest: bool = False
    """The worker's home is another province, for which this one acts or acted."""
    county: str | None = None
    """Of a guest's newest job here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Not registered; surveys may be there all the same."""

    version: int = 0
    privacy: Privacy = field(default_factory=Privacy)
    acting: Acting = field(default_factory=Acting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What an approved survey found of the worker's employment."""

    employment_status: str
    employment_form: str | None
    work_region: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What an approved survey says. Of workers registered by an older version, day and status are not known."""

    survey: str
    surveyed_on: date
    household_region: str
    groups: tuple[Membership, ...]
    status: Status | None = None
    wishes: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The household moved, by its own stream."""

    moved_on: date
    household_region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    wishes: tuple[str, ...]
    recorded_on: date
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    eligible: bool
    assessed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Designation:
    plan: str
    designated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    reason: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Death:
    """A recorded death, and what ended by it: none of that comes back by itself when it is taken back."""

    version: int
    """Of its event in this stream."""
    died_on: date
    official: str
    household: str | None
    plan: str | None
    attention: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    worker: str
    survey: str | None
    """Stream id of the survey that registered the worker; None of a guest whom only a job makes known."""
    household_region: str
    """By the newest survey that counts, or by where the household moved since."""
    groups: tuple[Membership, ...] = ()
    """What holds: the outcome of `findings`, `assigned` and `ends`, in the order of group and first day."""
    findings: tuple[Finding, ...] = ()
    """By day of the survey."""
    assigned: tuple[Membership, ...] = ()
    """Said by an office or the household's status."""
    ends: tuple[tuple[str, date], ...] = ()
    """Group and first day without it, said by an office or the household's status."""
    wishes: Wishes | None = None
    told: tuple[Wishes, ...] = ()
    """Wishes that were recorded otherwise than by a survey."""
    assessment: Assessment | None = None
    designated: Designation | None = None
    attention: Attention | None = None
    household: str | None = None
    moves: tuple[Move, ...] = ()
    death: Death | None = None
    withdrawn_death: Death | None = None
    """The last one that was recorded wrongly and taken back."""
    canonical: str | None = None
    """The worker that this one was found to be, by its id."""
    linked: tuple[Linked, ...] = ()
    """Workers that were found to be this one."""
    conflicts: tuple[str, ...] = ()
    """Linked workers, by their ids, whose conflict with this one nobody has decided."""
    privacy: Privacy = field(default_factory=Privacy)
    acting: Acting = field(default_factory=Acting)
    version: int = 0
    """How many events there are."""

    @property
    def deceased_on(self) -> date | None:
        return self.death.died_on if self.death else None

    @property
    def county(self) -> str:
        """Whose offices look after the worker: of the household; of a guest, of the newest job, or of the work by the
        newest survey."""
        if not self.acting.is_guest:
            return self.household_region
        works = (each.status.work_region for each in reversed(self.findings) if each.status)
        return self.acting.county or next((region for region in works if region), self.household_region)

    @property
    def newest_survey(self) -> str | None:
        """Stream id of the survey that says who this is: the newest that counts, or the one that registered."""
        return self.findings[-1].survey if self.findings else self.survey

    @property
    def erased(self) -> bool:
        return self.privacy.erased

    @property
    def status(self) -> tuple[Status, date] | None:
        """What the newest survey that counts found, and its day."""
        for finding in reversed(self.findings):
            if finding.status is not None:
                return finding.status, finding.surveyed_on
        return None


Worker: TypeAlias = Unknown | Registered


def known(worker: Worker) -> Registered:
    """The worker. Refuses where there is none."""
    if isinstance(worker, Unknown):
        raise refusals.WorkerNotRegistered
    return worker


def living(worker: Worker) -> Registered:
    """The worker, of whom something new can be said. Refuses who died."""
    found = known(worker)
    if found.deceased_on is not None:
        raise refusals.WorkerIsDeceased
    return found
