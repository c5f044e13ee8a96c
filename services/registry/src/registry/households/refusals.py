"""What the rules of a household refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class HouseholdNotRegistered(Rejected):
    """There is no such household."""

    code = "household_not_registered"


class HouseholdAlreadyRegistered(Rejected):
    """This household is registered."""

    code = "household_already_registered"


class HouseholdPlaceWrong(Rejected):
    """On that day there was no such county in this province."""

    code = "household_place_wrong"


class DayInFuture(Rejected):
    """The day lies in the future."""

    code = "household_day_in_future"


class MemberUnclear(Rejected):
    """A member is a worker, or somebody of an age group, and not both."""

    code = "member_unclear"


class MemberUnknown(Rejected):
    """The household has no such member."""

    code = "member_unknown"


class MemberElsewhere(Rejected):
    """The worker belongs to another household."""

    code = "worker_in_another_household"


class MemberNotRegistered(Rejected):
    """There is no such worker."""

    code = "worker_not_registered"


class MemberDeceased(Rejected):
    """The worker has died."""

    code = "worker_deceased"


class MemberLeftBeforeJoining(Rejected):
    """A member leaves after having joined."""

    code = "member_left_before_joining"


class HouseholdTooLarge(Rejected):
    """A household has at most 50 members."""

    code = "household_too_large"


class HeadAlreadyNamed(Rejected):
    """A household has one head."""

    code = "household_has_a_head"


class RelationOfFormerHead(Rejected):
    """It has to be said what who was head is to the new one, and only where there was one."""

    code = "relation_of_former_head"


class MemberFoundTwice(Rejected):
    """A member is named twice."""

    code = "member_found_twice"


class SituationOfAnotherAge(Rejected):
    """The situation does not fit the member's age group."""

    code = "situation_of_another_age"


class StatusPeriodWrong(Rejected):
    """A status begins by today, after the one before began, and ends after it began."""

    code = "household_status_period_wrong"


class StatusNameWrong(Rejected):
    """The policies did not know this status at that time."""

    code = "household_status_name_wrong"
