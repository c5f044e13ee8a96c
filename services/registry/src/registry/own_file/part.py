"""What of an event is about a person: in streams of households and lists, others are left out."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from registry.households.events import (
    HeadNamed,
    HouseholdMoved,
    HouseholdRegistered,
    HouseholdStatusChanged,
    HouseholdSurveyed,
    MemberAdded,
    MemberRemoved,
)
from registry.trainee_lists.events import TraineeListPublished


@dataclass(slots=True)
class OwnPart:
    """Goes through streams in the order of the log: which member of a household the person is, the household says."""

    workers: Collection[str]
    """The person's id, and those that were found to be them."""
    _members: set[tuple[str, int]] = field(default_factory=set)
    """Household and number."""

    def of(self, event: Any) -> Any | None:
        """The event without what is about others; None where nothing is left."""
        match event:
            case MemberAdded() | MemberRemoved():
                return self._membership(event)
            case HeadNamed(household=household, member=member, before=before):
                return event if self._is_one_of(household, (member, before)) else None
            case HouseholdSurveyed():
                found = tuple(each for each in event.members if self._is_one_of(event.household, (each.member,)))
                return replace(event, members=found) if found else None
            case HouseholdMoved() | HouseholdStatusChanged():
                own = tuple(each for each in event.workers if each in self.workers)
                return replace(event, workers=own) if own else None
            case HouseholdRegistered():
                return None
            case TraineeListPublished():
                return replace(event, trainees=tuple(each for each in event.trainees if each in self.workers))
            case _:
                return event

    def _membership(self, event: MemberAdded | MemberRemoved) -> MemberAdded | MemberRemoved | None:
        if event.worker not in self.workers:
            return None
        self._members.add((event.household, event.member))
        return event

    def _is_one_of(self, household: str, members: Collection[int | None]) -> bool:
        return any((household, each) in self._members for each in members)
