"""What a household's stream says of it now."""

from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from registry.households import refusals
from registry.households.events import MemberFound, StatusPeriod

HEAD: Final = "HEAD"


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """`found` is what the newest survey found out."""

    member: int
    worker: str | None
    relation: str
    age_group: str | None
    joined_on: date
    left_on: date | None = None
    found: MemberFound | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    household: str
    region: str
    members: tuple[Member, ...] = ()
    """In the order in which they joined, with those who left."""
    statuses: tuple[StatusPeriod, ...] = ()
    """In the order of time."""
    surveyed_on: date | None = None

    @property
    def present(self) -> tuple[Member, ...]:
        return tuple(each for each in self.members if each.left_on is None)

    @property
    def workers(self) -> tuple[str, ...]:
        return tuple(each.worker for each in self.present if each.worker is not None)

    @property
    def head(self) -> Member | None:
        return next((each for each in self.present if each.relation == HEAD), None)

    def status_on(self, day: date) -> StatusPeriod | None:
        return next((each for each in self.statuses if each.holds_on(day)), None)

    def statuses_after(self, day: date) -> tuple[StatusPeriod, ...]:
        return tuple(each for each in self.statuses if each.valid_to is None or day < each.valid_to)

    def member(self, number: int) -> Member:
        """Who belongs to it now. Refuses anybody else."""
        for each in self.present:
            if each.member == number:
                return each
        raise refusals.MemberUnknown


Household: TypeAlias = Unknown | Registered


def known(household: Household) -> Registered:
    """The household. Refuses where there is none."""
    if isinstance(household, Unknown):
        raise refusals.HouseholdNotRegistered
    return household
