"""Groups that a worker belongs to, each for a time (R-REG-17, R-REG-23 to R-REG-26, tension 2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from contracts.errors import InvalidCode
from contracts.groups import GROUPS
from contracts.registry import GroupMembership, WorkerGroupAssignedV1, WorkerGroupEndedV1


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """From a day, up to but without another; without an end it goes on. Part of stored events."""

    group: str
    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the worker belongs to the group on that day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def has_period(self, surveyed_on: date) -> bool:
        """Whether it begins no later than the survey that found it, and ends after it began."""
        return self.valid_from <= surveyed_on and (self.valid_to is None or self.valid_from < self.valid_to)

    def is_named_rightly(self, surveyed_on: date) -> bool:
        """Whether the policies knew the group by this name from its first day to the survey, or to its last day."""
        last = surveyed_on if self.valid_to is None else min(surveyed_on, self.valid_to - timedelta(days=1))
        try:
            GROUPS.on(self.group, self.valid_from)
            GROUPS.on(self.group, last)
        except InvalidCode:
            return False
        return True


def told(said: GroupMembership | WorkerGroupAssignedV1 | WorkerGroupEndedV1) -> Membership:
    """What a public event says of one."""
    return Membership(group=said.group, valid_from=said.valid_from, valid_to=said.valid_to)


def groups_on(memberships: Iterable[Membership], day: date) -> tuple[str, ...]:
    """The codes that hold on that day, as they were given."""
    return tuple(each.group for each in memberships if each.holds_on(day))


def without(memberships: Iterable[Membership], group: str, valid_from: date) -> tuple[Membership, ...]:
    """All but what was said of the group from that first day."""
    return tuple(each for each in memberships if (each.group, each.valid_from) != (group, valid_from))
