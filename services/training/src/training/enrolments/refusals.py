"""What the rules of an enrolment refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class WorkerDeceased(Rejected):
    """The worker has died."""

    code = "worker_deceased"


class UseRestricted(Rejected):
    """The worker's data may only be kept, or were erased."""

    code = "worker_use_restricted"


class StoodFor(Rejected):
    """Another worker's id stands for this person."""

    code = "worker_stood_for"


class NotDesignated(Rejected):
    """The worker is not designated as a trainee under the plan of this class."""

    code = "designation_missing"


class NotAmongOptions(Rejected):
    """The chosen class is not among those that were shown."""

    code = "choice_not_shown"


class OptionNotOpen(Rejected):
    """A class that was shown is not approved, or was closed."""

    code = "choice_option_not_open"


class ChoiceDayWrong(Rejected):
    """A choice is made by today, and before the class ends."""

    code = "choice_day_wrong"


class NoChoice(Rejected):
    """Nobody is enrolled without having chosen the class."""

    code = "choice_missing"


class PriorityPeriod(Rejected):
    """For the time being seats go to poor households, and to others in the order of the priorities."""

    code = "priority_period"


class AnotherClass(Rejected):
    """The worker is in another class at the same time."""

    code = "another_class_then"


class ClassFull(Rejected):
    """All seats of the class are taken."""

    code = "class_full"


class NotEnrolled(Rejected):
    """The worker has no seat in this class."""

    code = "worker_not_enrolled"


class EnrolmentConcluded(Rejected):
    """The class is over for this worker."""

    code = "enrolment_concluded"


class WithdrawalDayWrong(Rejected):
    """A worker leaves by today, and by the last day of the class."""

    code = "withdrawal_day_wrong"
