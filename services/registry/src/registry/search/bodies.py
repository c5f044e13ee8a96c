"""Bodies of the search: one thing that is known of a person, and what it is needed for. Never in an address."""

from datetime import date
from typing import Annotated, Literal, TypeAlias

from contracts.errors import checked
from contracts.resident_id import lengthened
from eventcore.web import Body, Text, example
from pydantic import AfterValidator, BeforeValidator, Field

from registry.disclosures.reading import PurposeCode
from registry.indexes.person_index import PersonIndex
from registry.indexes.signs import FORMER_NUMBER, NAME_AND_BIRTH, PHONE
from registry.surveys.bodies import Number, Phone, normalised


def _old(text: str) -> str:
    lengthened(text)
    return text


OldNumber: TypeAlias = Annotated[str, BeforeValidator(normalised), AfterValidator(checked(_old))]


class ByNumber(Body):
    """The number as it is now, or as it was once. 公民身份号码。"""

    by: Literal["number"]
    number: Number

    def signs(self, index: PersonIndex) -> tuple[str, ...]:
        return tuple(f"{FORMER_NUMBER}:{each}" for each in self.numbers(index))

    def numbers(self, index: PersonIndex) -> tuple[str, ...]:
        """Blind indexes whose holder is the person."""
        return index.number(self.number)


class ByOldNumber(Body):
    """A number of 15 digits, as they were until 1999. 15位旧号码。"""

    by: Literal["old_number"]
    old_number: OldNumber

    def signs(self, index: PersonIndex) -> tuple[str, ...]:
        return tuple(f"{FORMER_NUMBER}:{each}" for each in self.numbers(index))

    def numbers(self, index: PersonIndex) -> tuple[str, ...]:
        return index.number(self.old_number)


class ByNameAndBirthDate(Body):
    """Name and birth date together. 姓名与出生日期。"""

    by: Literal["name_and_birth_date"]
    name: Annotated[str, Text(60)]
    birth_date: date

    def signs(self, index: PersonIndex) -> tuple[str, ...]:
        return tuple(f"{NAME_AND_BIRTH}:{each}" for each in index.name_and_birth(self.name, self.birth_date))

    def numbers(self, index: PersonIndex) -> tuple[str, ...]:
        return ()


class ByPhone(Body):
    """A phone that the person gave at a survey. 联系电话。"""

    by: Literal["phone"]
    phone: Phone

    def signs(self, index: PersonIndex) -> tuple[str, ...]:
        return tuple(f"{PHONE}:{each}" for each in index.phone(self.phone))

    def numbers(self, index: PersonIndex) -> tuple[str, ...]:
        return ()


Known: TypeAlias = ByNumber | ByOldNumber | ByNameAndBirthDate | ByPhone


class SearchIn(Body):
    """What is known of the person, and what they are looked for. 查找条件与目的。"""

    model_config = example(
        {"known": {"by": "number", "number": "520599199003070023"}, "purpose": "SURVEY_AGAIN"},
        {
            "known": {"by": "name_and_birth_date", "name": "王秀英", "birth_date": "1990-03-07"},
            "purpose": "DUPLICATE_DECISION",
        },
    )

    known: Annotated[Known, Field(discriminator="by")]
    purpose: PurposeCode
