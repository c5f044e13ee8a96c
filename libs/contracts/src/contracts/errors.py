"""Why a value of the published language is refused: a stable code and a sentence in both languages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeVar

from pydantic_core import PydanticCustomError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Message:
    zh: str
    en: str


class InvalidValue(ValueError):
    """A value that its standard does not allow. The text never repeats the value: it may be personal data."""

    def __init__(self, code: str) -> None:
        self.code: Final = code
        self.message: Final = MESSAGES[code]
        super().__init__(self.message.en)

    @property
    def en(self) -> str:
        return self.message.en

    @property
    def zh(self) -> str:
        return self.message.zh


class InvalidResidentId(InvalidValue):
    """GB 11643-1999 does not allow this number."""


class InvalidCreditCode(InvalidValue):
    """GB 32100-2015 does not allow this code."""


class InvalidRegion(InvalidValue):
    """GB/T 2260 has no such code, or not on that day."""


class InvalidOccupation(InvalidValue):
    """The edition of the occupation classification has no such code."""


class InvalidMoney(InvalidValue):
    """This is no amount of money."""


class InvalidBankAccount(InvalidValue):
    """Nobody can have a bank account of this number."""


class InvalidCode(InvalidValue):
    """The code list has no such code, or not on that day."""


def checked(check: Callable[[str], T]) -> Callable[[str], T]:
    """Turns a check into a pydantic validator whose error type is the stable code."""

    def validate(text: str) -> T:
        try:
            return check(text)
        except InvalidValue as error:
            raise PydanticCustomError(error.code, "{en}", {"en": error.en, "zh": error.zh}) from None

    return validate


MESSAGES: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "resident_id_length": Message("居民身份号码应为18位", "A resident ID number has 18 characters"),
        "resident_id_fifteen_digits": Message(
            "15位旧号码不能使用，请按证件填写18位号码",
            "This is an old number of 15 digits; give the one of 18 characters",
        ),
        "resident_id_format": Message(
            "居民身份号码由17位数字和1位校验码组成", "A resident ID number is 17 digits and a check character"
        ),
        "resident_id_address": Message(
            "地址码的前两位不是省级代码", "The first two digits of the resident ID number name no province"
        ),
        "resident_id_date": Message(
            "居民身份号码中的出生日期不存在", "The birth date in the resident ID number does not exist"
        ),
        "resident_id_checksum": Message(
            "居民身份号码校验码不正确", "The check character of the resident ID number is wrong"
        ),
        "resident_id_made_up": Message(
            "这是测试用虚构号码，此处不接受",
            "This resident ID number belongs to a made-up person and is not accepted here",
        ),
        "resident_id_not_yet_born": Message(
            "出生日期晚于指定日期", "The birth date in the resident ID number lies after that day"
        ),
        "credit_code_length": Message("统一社会信用代码应为18位", "A unified social credit code has 18 characters"),
        "credit_code_format": Message(
            "统一社会信用代码含有不允许的字符",
            "The unified social credit code has a character that is not allowed there",
        ),
        "credit_code_checksum": Message(
            "统一社会信用代码校验码不正确", "The check character of the unified social credit code is wrong"
        ),
        "credit_code_inner_checksum": Message(
            "主体标识码的校验码不符，请核对",
            "The check character of the organisation code inside does not fit; please verify",
        ),
        "region_format": Message("行政区划代码应为6位数字", "A region code has six digits"),
        "region_unknown": Message("没有这个行政区划代码", "There is no such region code"),
        "region_not_valid_then": Message("该行政区划代码在该日期无效", "The region code is not valid on that day"),
        "occupation_edition": Message(
            "没有这一版职业分类大典", "There is no such edition of the occupation classification"
        ),
        "occupation_format": Message("职业代码格式应为 d-dd-dd-dd", "An occupation code looks like d-dd-dd-dd"),
        "occupation_unknown": Message("该版职业分类中没有这个代码", "The edition has no such occupation code"),
        "money_format": Message("金额格式不正确，最多两位小数", "An amount has digits and at most two decimals"),
        "money_range": Message("金额超出允许范围", "The amount is out of range"),
        "bank_account_format": Message("银行账号应为12至19位数字", "A bank account number has 12 to 19 digits"),
        "bank_account_checksum": Message("银行卡号校验位不正确", "The check digit of the card number is wrong"),
        "code_unknown": Message("代码表中没有这个代码", "The code list has no such code"),
        "code_not_valid_then": Message("该代码在该日期无效", "The code is not valid on that day"),
    }
)
