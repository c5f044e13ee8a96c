"""Where a household lives, and its poverty status over time (R-REG-08, R-REG-23, tension 2)."""

from collections.abc import Sequence
from datetime import date

from contracts import region
from contracts.errors import InvalidRegion
from contracts.memberships import Membership

from registry.households import refusals
from registry.households.commands import MoveHousehold, RegisterHousehold, SetStatus
from registry.households.events import (
    HouseholdEvent,
    HouseholdMoved,
    HouseholdRegistered,
    HouseholdStatusChanged,
    StatusPeriod,
)
from registry.households.state import Household, Registered, Unknown


def register(command: RegisterHousehold, household: Household) -> Sequence[HouseholdEvent]:
    if household != Unknown():
        raise refusals.HouseholdAlreadyRegistered
    _check_place(command.region, command.province, command.today)
    return [
        HouseholdRegistered(
            household=command.household,
            region=command.region,
            registered_on=command.today,
            evidence=command.evidence,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def move(command: MoveHousehold, household: Registered) -> Sequence[HouseholdEvent]:
    if household.region == command.region:
        return []
    if command.moved_on > command.today:
        raise refusals.DayInFuture
    _check_place(command.region, command.province, command.moved_on)
    return [
        HouseholdMoved(
            household=household.household,
            region=command.region,
            moved_on=command.moved_on,
            workers=household.workers,
            evidence=command.evidence,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def _check_place(code: str, province: str, day: date) -> None:
    try:
        if region.is_county_level(code, day) and region.province_of(code) == province:
            return
    except InvalidRegion:
        pass
    raise refusals.HouseholdPlaceWrong


def set_status(command: SetStatus, household: Registered) -> Sequence[HouseholdEvent]:
    """A new status ends the one before; the present one, said again with an end, ends there."""
    period = StatusPeriod(status=command.status, valid_from=command.valid_from, valid_to=command.valid_to)
    newest = household.statuses[-1] if household.statuses else None
    if period == newest:
        return []
    _check_period(command)
    again = newest is not None and (newest.status, newest.valid_from) == (period.status, period.valid_from)
    if newest is not None and not again and period.valid_from <= newest.valid_from:
        raise refusals.StatusPeriodWrong
    before = newest if newest and not again and newest.holds_on(period.valid_from) else None
    return [
        HouseholdStatusChanged(
            household=household.household,
            region=household.region,
            status=command.status,
            valid_from=command.valid_from,
            valid_to=command.valid_to,
            before=before,
            workers=household.workers,
            evidence=command.evidence,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def _check_period(command: SetStatus) -> None:
    named = Membership(group=command.status, valid_from=command.valid_from, valid_to=command.valid_to)
    if not named.has_period(command.today):
        raise refusals.StatusPeriodWrong
    if not named.is_named_rightly(command.valid_from):
        raise refusals.StatusNameWrong
