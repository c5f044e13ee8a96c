"""How an office writes a survey into cells: the same truth in ever other words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final, Literal, TypeAlias

from lb.sample import tables
from lb.sample.cells import Cell, Cells
from lb.sample.people import Survey

DateStyle: TypeAlias = Literal["iso", "slash", "dot", "chinese", "compact", "cell"]
DATE_STYLES: Final[Sequence[DateStyle]] = ("cell", "iso", "slash", "dot", "chinese", "compact")

_WIDE: Final = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_SPACES: Final = (" ", "\u3000", "\u00a0", "\u2009", "  ")
_APOSTROPHES: Final = ("'", "’", "‘")
_DOTS: Final = ("·", "·", "•", "・", "‧", "．")
_SEPARATORS: Final = ("、", ",", ";", "/", "，", "；")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The habits of the clerk who wrote one file."""

    dates: DateStyle
    numeric_phones: bool
    carelessness: float
    """Share of the texts that are written in some odd way."""

    def cells(self, survey: Survey, chance: Random) -> Cells:
        """Every field of the survey; empty cells for what does not apply."""
        person, job = survey.person, survey.job
        return {
            "name": self._name(person.name, chance),
            "number": self._number(person.number, chance),
            "sex": self._listed("sex", "male" if person.male else "female", chance, codes=False),
            "birth_date": self._day(person.born),
            "phone": self._phone(person.phone, chance),
            "household_region": self._region(survey, chance),
            "groups": self._several("groups", survey.groups, chance),
            "group_since": self._day(survey.group_since) if survey.groups else "",
            "surveyed_on": self._day(survey.surveyed_on),
            "channel": self._listed("channel", survey.channel, chance),
            "capture_method": self._listed("capture_method", survey.capture_method, chance),
            "employment_status": self._listed("employment_status", "EMPLOYED" if job else "UNEMPLOYED", chance),
            "employment_form": self._listed("employment_form", job.form, chance) if job else "",
            "work_region": self._listed("work_region", job.region, chance, codes=False) if job else "",
            "employer": job.employer if job else "",
            "contact": job.contact if job else "",
            "wishes": self._several("wishes", survey.wishes, chance),
            "account": self._account(person.account, chance),
            "bank": person.bank,
        }

    def _careless(self, chance: Random) -> bool:
        return chance.random() < self.carelessness

    def _name(self, name: str, chance: Random) -> str:
        if "·" in name:
            name = name.replace("·", chance.choice(_DOTS))
        elif len(name) == 2 and self._careless(chance):
            name = name[0] + chance.choice(_SPACES) + name[1]
        return _padded(name, chance) if self._careless(chance) else name

    def _number(self, number: str, chance: Random) -> str:
        if not self._careless(chance):
            return number
        match chance.randrange(5):
            case 0:
                return number.translate(_WIDE)
            case 1:
                space = chance.choice(_SPACES)
                return f"{number[:6]}{space}{number[6:14]}{space}{number[14:]}"
            case 2:
                return chance.choice(_APOSTROPHES) + number
            case 3:
                return number.lower()
            case _:
                return _padded(number, chance)

    def _phone(self, phone: str, chance: Random) -> Cell:
        if self.numeric_phones and phone.isdigit():
            return int(phone)
        if not self._careless(chance):
            return phone
        space = chance.choice(_SPACES)
        return chance.choice(
            (phone.translate(_WIDE), f"{phone[:3]}{space}{phone[3:7]}{space}{phone[7:]}", _APOSTROPHES[0] + phone)
        )

    def _account(self, account: str, chance: Random) -> str:
        """Never as a number: a program keeps fifteen digits of it."""
        if not account or not self._careless(chance):
            return account
        fours = [account[at : at + 4] for at in range(0, len(account), 4)]
        return chance.choice((account.translate(_WIDE), " ".join(fours), "-".join(fours), _APOSTROPHES[0] + account))

    def _region(self, survey: Survey, chance: Random) -> str:
        county = survey.person.county
        written = chance.choice((county.code, county.name, county.old or county.code, county.above + county.name))
        return _padded(written, chance) if self._careless(chance) else written

    def _listed(self, field: str, code: str, chance: Random, *, codes: bool = True) -> str:
        texts = tables.texts(field, code)
        if not self._careless(chance):
            return texts[0]
        return _padded(chance.choice((*texts, code) if codes else texts), chance)

    def _several(self, field: str, codes: Sequence[str], chance: Random) -> str:
        return chance.choice(_SEPARATORS).join(self._listed(field, code, chance) for code in codes)

    def _day(self, day: date) -> Cell:
        match self.dates:
            case "cell":
                return day
            case "iso":
                return day.isoformat()
            case "slash":
                return f"{day.year}/{day.month}/{day.day}"
            case "dot":
                return f"{day.year}.{day.month}.{day.day}"
            case "chinese":
                return f"{day.year}年{day.month}月{day.day}日"
            case "compact":
                return f"{day:%Y%m%d}"


def _padded(text: str, chance: Random) -> str:
    return chance.choice(("", *_SPACES)) + text + chance.choice(_SPACES)
