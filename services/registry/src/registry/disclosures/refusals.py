"""What the rules of a disclosure refuse."""

from eventcore import Rejected


class PurposeNotYours(Rejected):
    """This kind of office does not read personal data for this purpose."""

    code = "purpose_not_yours"


class NoBankAccount(Rejected):
    """No bank account of this worker is recorded."""

    code = "bank_account_missing"
