"""What the rules of a worker refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class WorkerNotRegistered(Rejected):
    """There is no such worker."""

    code = "worker_not_registered"


class WorkerIsDeceased(Rejected):
    """The worker has died."""

    code = "worker_deceased"


class DiedInFuture(Rejected):
    """The day of death lies in the future."""

    code = "died_in_future"


class NoDeathRecorded(Rejected):
    """No death of this worker is recorded."""

    code = "death_not_recorded"


class OwnDeathRecord(Rejected):
    """Whoever recorded a death does not take it back."""

    code = "death_own_record"


class DiedOnAnotherDay(Rejected):
    """The worker's death is recorded with another day."""

    code = "died_on_another_day"


class MembershipPeriodWrong(Rejected):
    """A membership begins by today and ends after it began."""

    code = "membership_period_wrong"


class MembershipNameWrong(Rejected):
    """The policies did not know this group at that time."""

    code = "group_not_valid_then"


class MembershipOverlaps(Rejected):
    """An office has already said that the worker belongs to this group in a part of that time."""

    code = "membership_overlaps"


class NoSuchMembership(Rejected):
    """The worker does not belong to the group right before that day."""

    code = "membership_not_held"


class NotAssessed(Rejected):
    """Nobody has decided yet that the worker is eligible."""

    code = "eligibility_not_assessed"


class NotEligible(Rejected):
    """It was decided that the worker is not eligible."""

    code = "worker_not_eligible"


class DesignatedOtherwise(Rejected):
    """The worker is designated under another plan; that designation ends first."""

    code = "worker_designated_otherwise"


class NoTrainingWish(Rejected):
    """The worker has not said that they want training; nobody is designated against their wish."""

    code = "training_not_wished"


class AttentionTermWrong(Rejected):
    """Special attention ends after today and within a year."""

    code = "attention_term_wrong"


class InAnotherHousehold(Rejected):
    """The worker belongs to another household."""

    code = "worker_in_another_household"
