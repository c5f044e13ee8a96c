"""What the rules of a duty refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class NoDuty(Rejected):
    """The worker did not complete this class, as far as is known here."""

    code = "placement_duty_not_owed"


class DutyDone(Rejected):
    """The worker has found work since."""

    code = "placement_duty_fulfilled"


class OwnDelegate(Rejected):
    """The trainer cannot delegate to itself."""

    code = "placement_duty_own_delegate"
