"""What must be true of a survey's data on its day (R-REG-19 to R-REG-33), and the event made of them."""

from collections.abc import Iterable
from datetime import date
from typing import Final, assert_never

from contracts import region
from contracts.errors import InvalidRegion, InvalidResidentId
from contracts.groups import NEW_GENERATION
from contracts.memberships import Membership
from contracts.resident_id import ResidentId
from contracts.survey import EMPLOYED, UNEMPLOYED

from registry.surveys import refusals
from registry.surveys.commands import Employed, RecordSurvey, Unemployed
from registry.surveys.events import SurveyRecorded

FLEXIBLE: Final = "FLEXIBLE"


def check(command: RecordSurvey, *, known: bool, home: str) -> None:
    """Refuses what cannot be so. `known`: somebody has the number already. `home`: the worker's, of a guest another
    province."""
    if command.surveyed_on > command.today:
        raise refusals.SurveyedInFuture
    check_number(command, known=known)
    check_household(command, home)
    check_groups(command.groups, command.surveyed_on)
    if isinstance(command.employment, Employed):
        check_employed(command.employment, command.surveyed_on)


def is_foreign(command: RecordSurvey) -> bool:
    """Whether the number belongs to another province. Permits and foreigners' cards name none: they belong to the one
    that registers first."""
    return ResidentId(command.number).province not in (None, command.province)


def check_number(command: RecordSurvey, *, known: bool) -> None:
    """Nobody gets an id here whose number is another province's: that one is asked first."""
    resident = ResidentId(command.number)
    if is_foreign(command) and not known:
        raise refusals.NumberOfAnotherProvince
    if resident.is_made_up and not command.made_up_people:
        raise refusals.MadeUpPerson
    try:
        resident.age_on(command.surveyed_on)
    except InvalidResidentId:
        raise refusals.SurveyedBeforeBirth from None
    if command.former_number and not command.made_up_people:
        check_former_number(command.former_number)


def check_former_number(number: str) -> None:
    if ResidentId(number).is_made_up:
        raise refusals.MadeUpPerson


def check_household(command: RecordSurvey, home: str) -> None:
    """A guest is surveyed where they work: only that office knows them."""
    if not region.is_county_level(command.household_region, command.surveyed_on):
        raise refusals.HouseholdRegionUnknown
    if region.province_of(command.household_region) != home:
        raise refusals.HouseholdOfAnotherProvince
    if home != command.province and not works_in(command.province, command.employment):
        raise refusals.GuestWithoutWork


def works_in(province: str, employment: Employed | Unemployed) -> bool:
    """Whether the work is in the province. False also where there is no such region: that is refused by itself."""
    return isinstance(employment, Employed) and employment.region[:2] == province[:2]


def check_groups(groups: Iterable[Membership], surveyed_on: date) -> None:
    named: set[str] = set()
    for membership in groups:
        if membership.group in named:
            raise refusals.GroupRepeated
        named.add(membership.group)
        if not membership.has_period(surveyed_on):
            raise refusals.GroupPeriodWrong
        if not membership.is_named_rightly(surveyed_on):
            raise refusals.GroupNotValidThen


def check_employed(employment: Employed, surveyed_on: date) -> None:
    if employment.form != FLEXIBLE and not employment.employer:
        raise refusals.EmployerMissing
    try:
        region.region(employment.region, surveyed_on)
    except InvalidRegion:
        raise refusals.WorkRegionUnknown from None


def recorded(command: RecordSurvey, *, worker: str, number_index: str) -> SurveyRecorded:
    """The event, for the worker who holds the number."""
    employed = _employed(command.employment)
    is_guest = region.province_of(command.household_region) != command.province
    return SurveyRecorded(
        survey=command.survey,
        worker=worker,
        surveyor=command.surveyor,
        organisation=command.organisation,
        household_region=command.household_region,
        guest_in=employed.region if employed and is_guest else None,
        groups=command.groups,
        surveyed_on=command.surveyed_on,
        channel=command.channel,
        surveyor_kind=command.surveyor_kind,
        capture_method=command.capture_method,
        employment_status=EMPLOYED if employed else UNEMPLOYED,
        employment_form=employed.form if employed else None,
        work_region=employed.region if employed else None,
        wishes=command.employment.wishes,
        corrects=command.corrects,
        number_index=number_index,
        signs=command.signs,
        new_generation=ResidentId(command.number).birth_date.year >= NEW_GENERATION,
        name=command.name,
        number=command.number,
        phone=command.phone,
        employer=employed.employer if employed else None,
        contact=employed.contact if employed else None,
        former_number=command.former_number,
    )


def _employed(employment: Employed | Unemployed) -> Employed | None:
    match employment:
        case Employed():
            return employment
        case Unemployed():
            return None
        case _:
            assert_never(employment)
