"""Who belongs to a household, who is its head, and what a survey found out about each member (R-REG-09)."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from eventcore import Seen

from registry.households import refusals
from registry.households.commands import AddMember, NameHead, RemoveDeceased, RemoveMember, SurveyHousehold
from registry.households.events import HeadNamed, HouseholdEvent, HouseholdSurveyed, MemberAdded, MemberRemoved
from registry.households.state import HEAD, Member, Registered
from registry.workers.state import Registered as Worker
from registry.workers.worker import WORKER

MEMBER: Final = "household-member"
"""Guard: worker -> the household that it belongs to."""
MOST: Final = 50
_OF_AGE: Final = frozenset({"ABLE_TO_WORK"})
_CHILD: Final = frozenset({"PRESCHOOL"})


def add(command: AddMember, household: Registered, seen: Seen) -> Sequence[HouseholdEvent]:
    if command.worker is not None and command.worker in household.workers:
        return []
    _check_new(command, household)
    if command.worker is not None:
        _check_worker(seen.state(WORKER, command.worker))
        if seen.holder(MEMBER, command.worker) not in (None, household.household):
            raise refusals.MemberElsewhere
    return [
        MemberAdded(
            household=household.household,
            member=len(household.members) + 1,
            worker=command.worker,
            relation=command.relation,
            age_group=command.age_group,
            joined_on=command.joined_on,
            statuses=household.statuses_after(command.joined_on),
            official=command.official,
            organisation=command.organisation,
        )
    ]


def _check_new(command: AddMember, household: Registered) -> None:
    if (command.worker is None) == (command.age_group is None):
        raise refusals.MemberUnclear
    _check_day(command.joined_on, command.today)
    if len(household.present) >= MOST:
        raise refusals.HouseholdTooLarge
    if command.relation == HEAD and household.head is not None:
        raise refusals.HeadAlreadyNamed


def _check_worker(worker: object) -> None:
    if not isinstance(worker, Worker):
        raise refusals.MemberNotRegistered
    if worker.deceased_on is not None:
        raise refusals.MemberDeceased


def _check_day(day: date, today: date) -> None:
    if day > today:
        raise refusals.DayInFuture


def remove(command: RemoveMember, household: Registered) -> Sequence[HouseholdEvent]:
    if any(each.member == command.member and each.left_on == command.left_on for each in household.members):
        return []
    member = household.member(command.member)
    _check_day(command.left_on, command.today)
    if command.left_on < member.joined_on:
        raise refusals.MemberLeftBeforeJoining
    return [_removed(household, member, command.left_on, command.reason, command.official, command.organisation)]


def remove_deceased(command: RemoveDeceased, household: Registered) -> Sequence[HouseholdEvent]:
    for member in household.present:
        if member.worker == command.worker:
            left_on = max(command.died_on, member.joined_on)
            return [_removed(household, member, left_on, "DECEASED", command.official, command.organisation)]
    return []


def _removed(
    household: Registered, member: Member, left_on: date, reason: str, official: str, organisation: str
) -> MemberRemoved:
    return MemberRemoved(
        household=household.household,
        member=member.member,
        worker=member.worker,
        left_on=left_on,
        reason=reason,
        statuses=household.statuses_after(left_on),
        official=official,
        organisation=organisation,
    )


def name_head(command: NameHead, household: Registered) -> Sequence[HouseholdEvent]:
    member, before = household.member(command.member), household.head
    if before == member:
        return []
    _check_day(command.named_on, command.today)
    if (before is None) != (command.relation_of_before is None) or command.relation_of_before == HEAD:
        raise refusals.RelationOfFormerHead
    return [
        HeadNamed(
            household=household.household,
            member=member.member,
            before=before.member if before else None,
            relation_of_before=command.relation_of_before,
            named_on=command.named_on,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def survey(command: SurveyHousehold, household: Registered) -> Sequence[HouseholdEvent]:
    """What is not said of a member stays as it was found before."""
    _check_day(command.surveyed_on, command.today)
    if len({each.member for each in command.members}) != len(command.members):
        raise refusals.MemberFoundTwice
    for each in command.members:
        age_group = household.member(each.member).age_group
        children = age_group == "UNDER_16" and each.situation in _OF_AGE
        if children or (age_group not in (None, "UNDER_16") and each.situation in _CHILD):
            raise refusals.SituationOfAnotherAge
    return [
        HouseholdSurveyed(
            household=household.household,
            surveyed_on=command.surveyed_on,
            surveyor=command.surveyor,
            organisation=command.organisation,
            members=command.members,
        )
    ]
