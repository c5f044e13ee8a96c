"""Numbers of bank accounts and cards as they are paid to: digits, and for UnionPay cards (which social-security cards
are) the check digit of ISO/IEC 7812-1."""

import re
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field
from stdnum import luhn

from contracts.errors import InvalidBankAccount, checked

UNIONPAY: Final = "62"
SHORTEST_CARD: Final = 16
_FORM: Final = re.compile(r"[0-9]{12,19}")
_NORMAL: Final = str.maketrans("０１２３４５６７８９", "0123456789", " \u3000\u00a0\t-")


def normalise(text: object) -> object:
    """Without spaces and hyphens, full-width digits as plain ones; what is no text stays as it is."""
    return text.translate(_NORMAL) if isinstance(text, str) and len(text) <= 60 else text


def parse(text: str) -> str:
    """The number. InvalidBankAccount where nobody can have this account."""
    if not _FORM.fullmatch(text):
        raise InvalidBankAccount("bank_account_format")
    if text.startswith(UNIONPAY) and len(text) >= SHORTEST_CARD and not luhn.is_valid(text):
        raise InvalidBankAccount("bank_account_checksum")
    return text


BankAccountText: TypeAlias = Annotated[
    str,
    BeforeValidator(normalise),
    AfterValidator(checked(parse)),
    Field(description="12 to 19 digits; spaces do not matter. 银行账号或社保卡金融账号"),
]
