"""The rules of a household: a worker belongs to one at a time, it has one head, and one poverty status at a time, under
the name that the policies had for it then."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, assert_never

from eventcore import Decider, Effect, Read, Release, Seen, Take

from registry.households import members, status
from registry.households.commands import (
    AddMember,
    HouseholdCommand,
    MoveHousehold,
    NameHead,
    RegisterHousehold,
    RemoveDeceased,
    RemoveMember,
    SetStatus,
    SurveyHousehold,
)
from registry.households.events import (
    HeadNamed,
    HouseholdEvent,
    HouseholdMoved,
    HouseholdRegistered,
    HouseholdStatusChanged,
    HouseholdSurveyed,
    MemberAdded,
    MemberRemoved,
    StatusPeriod,
)
from registry.households.members import MEMBER
from registry.households.state import HEAD, Household, Member, Registered, Unknown, known
from registry.workers.worker import WORKER


def decide(command: HouseholdCommand, household: Household, seen: Seen) -> Sequence[HouseholdEvent]:
    match command:
        case RegisterHousehold():
            return status.register(command, household)
        case MoveHousehold():
            return status.move(command, known(household))
        case AddMember():
            return members.add(command, known(household), seen)
        case RemoveMember():
            return members.remove(command, known(household))
        case RemoveDeceased():
            return members.remove_deceased(command, known(household))
        case NameHead():
            return members.name_head(command, known(household))
        case SurveyHousehold():
            return members.survey(command, known(household))
        case SetStatus():
            return status.set_status(command, known(household))
        case _:
            assert_never(command)


def evolve(household: Household, event: HouseholdEvent) -> Household:
    if isinstance(event, HouseholdRegistered):
        return Registered(household=event.household, region=event.region)
    return _changed(known(household), event)


def _changed(household: Registered, event: HouseholdEvent) -> Registered:
    match event:
        case HouseholdMoved():
            return replace(household, region=event.region)
        case MemberAdded():
            return replace(household, members=(*household.members, _member(event)))
        case MemberRemoved() | HeadNamed() | HouseholdSurveyed():
            kept = tuple(_after(each, event) for each in household.members)
            surveyed_on = event.surveyed_on if isinstance(event, HouseholdSurveyed) else household.surveyed_on
            return replace(household, members=kept, surveyed_on=surveyed_on)
        case HouseholdStatusChanged():
            return replace(household, statuses=_statuses(household, event))
        case HouseholdRegistered():
            return household
        case _:
            assert_never(event)


def _member(event: MemberAdded) -> Member:
    return Member(
        member=event.member,
        worker=event.worker,
        relation=event.relation,
        age_group=event.age_group,
        joined_on=event.joined_on,
    )


def _after(member: Member, event: MemberRemoved | HeadNamed | HouseholdSurveyed) -> Member:
    match event:
        case MemberRemoved():
            return replace(member, left_on=event.left_on) if member.member == event.member else member
        case HeadNamed():
            if member.member == event.member:
                return replace(member, relation=HEAD)
            if member.member == event.before and event.relation_of_before is not None:
                return replace(member, relation=event.relation_of_before)
            return member
        case HouseholdSurveyed():
            found = next((each for each in event.members if each.member == member.member), member.found)
            return replace(member, found=found)
        case _:
            assert_never(event)


def _statuses(household: Registered, event: HouseholdStatusChanged) -> tuple[StatusPeriod, ...]:
    period = StatusPeriod(status=event.status, valid_from=event.valid_from, valid_to=event.valid_to)
    kept = [each for each in household.statuses if each.valid_from != event.valid_from]
    ended = [replace(each, valid_to=event.valid_from) if each == event.before else each for each in kept]
    return (*ended, period)


def reads(command: HouseholdCommand) -> Iterable[Read]:
    if isinstance(command, AddMember) and command.worker is not None:
        yield Read(WORKER, command.worker)
        yield Read(guard=(MEMBER, command.worker))


def effects(before: Household, event: HouseholdEvent) -> Iterable[Effect]:
    """One worker, one household at a time."""
    if isinstance(event, MemberAdded) and event.worker is not None:
        yield Take(MEMBER, event.worker, holder=event.household)
    if isinstance(event, MemberRemoved) and event.worker is not None:
        yield Release(MEMBER, event.worker)


HOUSEHOLD: Final[Decider[HouseholdCommand, HouseholdEvent, Household]] = Decider(
    category="household",
    initial=Unknown(),
    decide=decide,
    evolve=evolve,
    events=HouseholdEvent,
    reads=reads,
    effects=effects,
)
