"""What the rules of a survey refuse. Codes are in `problems.csv` with their texts in both languages."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from eventcore import Rejected

from registry.responsibility import NotSteward


class AlreadyRecorded(Rejected):
    """This survey is recorded; wrong data is invalidated and surveyed again."""

    code = "survey_already_recorded"


class NotRecorded(Rejected):
    """There is no such survey."""

    code = "survey_not_recorded"


class OwnSurvey(Rejected):
    """Nobody reviews their own survey."""

    code = "survey_own_review"


class AlreadyReviewed(Rejected):
    """This survey was reviewed with another result."""

    code = "survey_already_reviewed"


class Invalidated(Rejected):
    """This survey was invalidated."""

    code = "survey_invalidated"


class NotInvalidated(Rejected):
    """A survey is corrected only after it was invalidated."""

    code = "survey_not_invalidated"


class AlreadyCorrected(Rejected):
    """The invalidated survey has already been made again."""

    code = "survey_already_corrected"


class SurveyedInFuture(Rejected):
    """The day of the survey lies in the future."""

    code = "surveyed_in_future"


class SurveyedBeforeBirth(Rejected):
    """The day of the survey lies before the worker's birth."""

    code = "surveyed_before_birth"


class HouseholdRegionUnknown(Rejected):
    """On the day of the survey there was no such county."""

    code = "household_region_unknown"


class HouseholdOfAnotherProvince(Rejected):
    """The household belongs to another province."""

    code = "household_of_another_province"


class GuestWithoutWork(Rejected):
    """Who is registered in another province is surveyed here, by the county of the work, only while working here."""

    code = "guest_without_work"


class NumberOfAnotherProvince(Rejected):
    """The resident ID number belongs to another province; that province registers the worker."""

    code = "number_of_another_province"


class MadeUpPerson(Rejected):
    """This resident ID number belongs to a made-up person and is not accepted here."""

    code = "resident_id_made_up"


class GroupRepeated(Rejected):
    """A group is named twice."""

    code = "group_repeated"


class GroupPeriodWrong(Rejected):
    """A worker's time in a group begins by the day of the survey and ends after it began."""

    code = "group_period_wrong"


class GroupNotValidThen(Rejected):
    """The policies did not know this group at that time."""

    code = "group_not_valid_then"


class WorkRegionUnknown(Rejected):
    """On the day of the survey there was no such place of work."""

    code = "work_region_unknown"


class EmployerMissing(Rejected):
    """Who is employed, other than flexibly, has an employer."""

    code = "employer_missing"


COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        SurveyedInFuture.code: ("surveyed_on",),
        SurveyedBeforeBirth.code: ("surveyed_on", "number"),
        HouseholdRegionUnknown.code: ("household_region",),
        HouseholdOfAnotherProvince.code: ("household_region",),
        GuestWithoutWork.code: ("household_region", "employment_status", "work_region"),
        NumberOfAnotherProvince.code: ("number",),
        MadeUpPerson.code: ("number",),
        NotSteward.code: ("number",),
        GroupRepeated.code: ("groups",),
        GroupPeriodWrong.code: ("group_since",),
        GroupNotValidThen.code: ("groups",),
        WorkRegionUnknown.code: ("work_region",),
        EmployerMissing.code: ("employer",),
    }
)
"""What to look at in the row of a roster: the code of each refusal of what a survey says -> fields of the row."""
