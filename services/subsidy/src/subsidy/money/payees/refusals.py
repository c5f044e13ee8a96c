"""What the rules of payees refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class NoAccountToConfirm(Rejected):
    """No account of this organisation waits to be confirmed."""

    code = "payee_account_unknown"


class AccountDiffers(Rejected):
    """The account that waits to be confirmed is another one."""

    code = "payee_account_differs"


class OwnRecord(Rejected):
    """Who recorded the account does not confirm it."""

    code = "payee_recorded_by_you"
