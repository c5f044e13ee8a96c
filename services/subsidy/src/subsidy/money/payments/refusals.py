"""What the rules of payments refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class NothingOwed(Rejected):
    """Nothing was ever owed for this claim."""

    code = "payment_nothing_owed"


class NothingHalted(Rejected):
    """No payment of this claim has failed: there is nothing to renew."""

    code = "payment_not_halted"


class RecoveryTooLarge(Rejected):
    """More than is owed back."""

    code = "recovery_too_large"


class ReceivedInFuture(Rejected):
    """The money cannot have come on a day that has not come."""

    code = "recovery_in_future"
