"""Resident ID numbers (公民身份号码) as GB 11643-1999 defines them, and the cards that borrow their form.

The check character comes from python-stdnum. Its table of places is not used: a code that it does not know may still
stand on the card of somebody who was born before the code ended, and it knows no residence permits.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, WithJsonSchema
from stdnum.cn import ric

from contracts.errors import InvalidResidentId, checked

PROVINCES: Final = frozenset(
    (
        *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37"),
        *("41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71"),
    )
)
PERMITS: Final = frozenset(("81", "82", "83"))
FOREIGNER: Final = "9"
MADE_UP_COUNTY: Final = "99"
"""No county ever had this part; made-up people get it, so that their number can be nobody's."""

_FORM: Final = re.compile(r"[0-9]{17}[0-9X]")
_NORMAL: Final = str.maketrans("０１２３４５６７８９Ｘｘx", "0123456789XXX")


class Kind(StrEnum):
    """Whose number it is (GB 11643 and its permits)."""

    CITIZEN = "citizen"
    PERMIT = "permit"
    """Residence permit of somebody from Hong Kong, Macao or Taiwan (81, 82, 83)."""
    FOREIGNER = "foreigner"
    """Permanent resident card of a foreigner: 9, province, country."""


class Sex(StrEnum):
    """Odd sequence numbers are male (GB 11643)."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class ResidentId:
    """A number that passed `parse`. It is personal data: its text representation shows none of it."""

    number: str

    def __repr__(self) -> str:
        return "ResidentId(…)"

    __str__ = __repr__

    @property
    def kind(self) -> Kind:
        if self.number[0] == FOREIGNER:
            return Kind.FOREIGNER
        return Kind.PERMIT if self.number[:2] in PERMITS else Kind.CITIZEN

    @property
    def address_code(self) -> str:
        """Six digits: the county of the first registration, as its code was then; see `region.current`."""
        return self.number[:6]

    @property
    def province(self) -> str | None:
        """The province that the number belongs to, e.g. 520000; None for permits and foreigners."""
        return self.number[:2] + "0000" if self.kind is Kind.CITIZEN else None

    @property
    def birth_date(self) -> date:
        return date(int(self.number[6:10]), int(self.number[10:12]), int(self.number[12:14]))

    @property
    def has_real_date(self) -> bool:
        """Whether there was such a day. Without one there is no `birth_date`."""
        try:
            return bool(self.birth_date)
        except ValueError:
            return False

    @property
    def sex(self) -> Sex:
        return Sex.MALE if int(self.number[16]) % 2 else Sex.FEMALE

    @property
    def is_made_up(self) -> bool:
        return self.kind is Kind.CITIZEN and self.number[4:6] == MADE_UP_COUNTY

    def age_on(self, day: date) -> int:
        """Completed years on that day; somebody born on 29 February completes them on 1 March of a common year."""
        born = self.birth_date
        if born > day:
            raise InvalidResidentId("resident_id_not_yet_born")
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def normalise(text: str) -> str:
    """As people type it: full-width digits become plain ones, all spaces go, x becomes X. Checks nothing."""
    return "".join(text.translate(_NORMAL).split())


def parse(number: str, *, allow_made_up: bool) -> ResidentId:
    """Raises `InvalidResidentId`; made-up people (county part 99) pass only where the caller says so."""
    number = number.replace("x", "X")
    check_form(number)
    if not (number[:2] in PROVINCES or number[:2] in PERMITS or number[0] == FOREIGNER):
        raise InvalidResidentId("resident_id_address")
    resident = ResidentId(number)
    if not resident.has_real_date:
        raise InvalidResidentId("resident_id_date")
    if number[17] != ric.calc_check_digit(number):
        raise InvalidResidentId("resident_id_checksum")
    if resident.is_made_up and not allow_made_up:
        raise InvalidResidentId("resident_id_made_up")
    return resident


def lengthened(number: str) -> str:
    """The number of 18 characters that an old one of 15 digits became in 1999: the century of all whose old number is
    still met, and the check character. Raises `InvalidResidentId` where the digits are no number."""
    if not (len(number) == 15 and number.isascii() and number.isdigit()):
        raise InvalidResidentId("resident_id_length" if len(number) != 15 else "resident_id_format")
    body = f"{number[:6]}19{number[6:]}"
    return parse(body + ric.calc_check_digit(body + "0"), allow_made_up=True).number


def check_form(number: str) -> None:
    """InvalidResidentId where the characters are not those of an 18-character number."""
    if _FORM.fullmatch(number):
        return
    if len(number) == 15 and number.isascii() and number.isdigit():
        raise InvalidResidentId("resident_id_fifteen_digits")
    raise InvalidResidentId("resident_id_length" if len(number) != 18 else "resident_id_format")


def _real(text: str) -> str:
    return parse(text, allow_made_up=False).number


def _real_or_made_up(text: str) -> str:
    return parse(text, allow_made_up=True).number


_SCHEMA: Final = WithJsonSchema(
    {"type": "string", "pattern": "^[0-9]{17}[0-9Xx]$", "description": "GB 11643-1999; 公民身份号码"}
)
ResidentIdText: TypeAlias = Annotated[str, AfterValidator(checked(_real)), _SCHEMA]
"""Field of a request body: a plain string, checked, upper case; made-up people are refused."""
ResidentIdOrMadeUpText: TypeAlias = Annotated[str, AfterValidator(checked(_real_or_made_up)), _SCHEMA]
"""The same, letting made-up people through to where the environment is known."""
