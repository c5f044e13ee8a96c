"""Defects that are planted into rows, each known by the code that an import has to answer."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Final, TypeAlias

from lb.sample import tables
from lb.sample.cells import Cells, Formula
from lb.sample.people import LAST_DAY, Job, Survey
from lb.sample.residents import account_of, number_of, old_number_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """A row with one thing wrong: what it says instead, and cells that are written as they stand here."""

    survey: Survey
    cells: Cells = field(default_factory=dict)
    field: str


Plant: TypeAlias = Callable[[Survey, Collection[str], Random], Defect]
"""Survey, fields that the file has, chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """`needs`: the fields that the file has to have."""

    code: str
    plant: Plant
    needs: tuple[str, ...] = ()
    duplicate: bool = False
    """It is a second row beside a good one, not a row made bad."""


def _in_number(change: Callable[[Survey, Random], str]) -> Plant:
    def plant(survey: Survey, fields: Collection[str], chance: Random) -> Defect:
        return Defect(survey=survey.of(number=change(survey, chance)), field="number")

    return plant


def _written(name: str, texts: Callable[[Survey, Random], str]) -> Plant:
    def plant(survey: Survey, fields: Collection[str], chance: Random) -> Defect:
        return Defect(survey=survey, field=name, cells={name: texts(survey, chance)})

    return plant


def _without_job(plant: Plant) -> Plant:
    """Of who works here another province's number or household may be right: that is a guest."""

    def planted(survey: Survey, fields: Collection[str], chance: Random) -> Defect:
        return plant(survey.working(None), fields, chance)

    return planted


def _wrong_check(survey: Survey, chance: Random) -> str:
    number = survey.person.number
    return number[:17] + chance.choice([each for each in "0123456789X" if each != number[17]])


def _malformed(survey: Survey, chance: Random) -> str:
    number = survey.person.number
    at = chance.randrange(6, 16)
    return chance.choice(
        (number[:17], number + "0", f"{number[:at]}X{number[at + 1 :]}", f"{number[:at]}O{number[at + 1 :]}")
    )


def _impossible_date(survey: Survey, chance: Random) -> str:
    day = chance.choice(("0230", "0231", "0431", "0631", "1131", "1301", "0010"))
    return number_of(survey.person.number[:4], f"{survey.person.born.year}{day}", int(survey.person.number[14:17]))


def _of_another_province(survey: Survey, chance: Random) -> str:
    others = [code[:2] for code in ("360000", "510000", "430000") if code[:2] != survey.region[:2]]
    person = survey.person
    return number_of(f"{chance.choice(others)}01", person.born, int(person.number[14:17]))


def _too_young(survey: Survey, fields: Collection[str], chance: Random) -> Defect:
    """Between 12 and 15 years old on the day of the survey."""
    nth = int(survey.person.id[1:])
    born = survey.surveyed_on - timedelta(days=12 * 366 + nth % 1000)
    number = number_of(survey.person.number[:4], born, 500 + nth // 1000 % 250 * 2 + survey.person.male)
    return Defect(survey=survey.of(number=number, born=born), field="number")


def _as_float(survey: Survey, fields: Collection[str], chance: Random) -> Defect:
    return Defect(survey=survey, field="number", cells={"number": float(survey.person.number[:17] + "0")})


def _unknown_region(_: Survey, chance: Random) -> str:
    return chance.choice(tables.texts("unknown_regions", "places"))


def _no_date(_: Survey, chance: Random) -> str:
    return chance.choice(tables.texts("unreadable_dates", "days"))


def _elsewhere(survey: Survey, chance: Random) -> str:
    return chance.choice([code for code in ("530627", "440112", "330203", "360730") if code[:2] != survey.region[:2]])


def _other_sex(survey: Survey, chance: Random) -> str:
    return tables.texts("sex", "female" if survey.person.male else "male")[0]


def _other_birthday(survey: Survey, fields: Collection[str], chance: Random) -> Defect:
    return Defect(
        survey=survey.of(born=survey.person.born + timedelta(days=chance.randint(1, 400))), field="birth_date"
    )


def _missing(survey: Survey, fields: Collection[str], chance: Random) -> Defect:
    name = chance.choice(tables.MANDATORY)
    return Defect(survey=survey, field=name, cells={name: chance.choice(("", "", "  ", "\u3000"))})


def _too_long(survey: Survey, fields: Collection[str], chance: Random) -> Defect:
    if survey.job and survey.job.employer and chance.random() < 0.5:
        return Defect(survey=survey, field="employer", cells={"employer": survey.job.employer * 30})
    return Defect(survey=survey, field="name", cells={"name": "·".join(["阿卜杜热西提"] * 12)})


def _control(survey: Survey, fields: Collection[str], chance: Random) -> Defect:
    sign = chance.choice("\x01\x07\x08\x1b\x7f")
    return Defect(survey=survey, field="name", cells={"name": f"{survey.person.name[0]}{sign}{survey.person.name[1:]}"})


def _formula(survey: Survey, fields: Collection[str], chance: Random) -> Defect:
    name = chance.choice([each for each in ("name", "number", "phone") if each in fields])
    person = survey.person
    shown = {"name": person.name, "number": person.number, "phone": person.phone}[name]
    return Defect(survey=survey, field=name, cells={name: Formula(text=f'"{shown}"', shown=shown)})


def _unknown_value(survey: Survey, fields: Collection[str], chance: Random) -> Defect:
    name = chance.choice([each for each in tables.codes("unknown") if each in fields])
    return Defect(survey=survey, field=name, cells={name: chance.choice(tables.texts("unknown", name))})


def _phone(survey: Survey, chance: Random) -> str:
    phone = survey.person.phone
    return chance.choice((phone[:5], f"{phone[:3]}O{phone[4:]}", f"{phone}x"))


def _account(survey: Survey, fields: Collection[str], chance: Random) -> Defect:
    """One digit is another one, which the check digit tells."""
    account = account_of(int(survey.person.id[1:]))
    at = chance.randrange(6, len(account))
    other = chance.choice([each for each in "0123456789" if each != account[at]])
    cells = {"account": account[:at] + other + account[at + 1 :], "bank": tables.texts("banks", "names")[0]}
    return Defect(survey=survey, field="account", cells=cells)


def _without_employer(survey: Survey, fields: Collection[str], chance: Random) -> Defect:
    job = Job(form="ENTERPRISE", region="440112", employer="", contact="02038700000")
    return Defect(survey=survey.working(job), field="employer")


def _before_the_group(survey: Survey, fields: Collection[str], chance: Random) -> Defect:
    day = LAST_DAY.replace(year=chance.randint(2018, 2020))
    return Defect(survey=survey.grouped(("MONITORED",), day), field="groups")


def _after_the_survey(survey: Survey, fields: Collection[str], chance: Random) -> Defect:
    day = survey.surveyed_on + timedelta(days=chance.randint(1, 300))
    return Defect(survey=survey.grouped(("HARD_TO_EMPLOY",), day), field="group_since")


def _nowhere(survey: Survey, fields: Collection[str], chance: Random) -> Defect:
    job = Job(form="FLEXIBLE", region="440112", employer="", contact="02038700000")
    cells = {"work_region": _unknown_region(survey, chance)}
    return Defect(survey=survey.working(job), field="work_region", cells=cells)


def _name_with_digits(survey: Survey, chance: Random) -> str:
    return f"{survey.person.name}{chance.choice(('2', '1987', '（1）'))}"


def _in_future(survey: Survey, fields: Collection[str], chance: Random) -> Defect:
    return Defect(survey=survey.dated(LAST_DAY.replace(year=2090)), field="surveyed_on")


def _again(survey: Survey, fields: Collection[str], chance: Random) -> Defect:
    return Defect(survey=survey, field="number")


ALWAYS: Final = (
    Kind(code="number_check_digit", plant=_in_number(_wrong_check)),
    Kind(code="number_malformed", plant=_in_number(_malformed)),
    Kind(code="number_date_impossible", plant=_in_number(_impossible_date)),
    Kind(code="number_as_float", plant=_as_float),
    Kind(code="age_out_of_range", plant=_too_young),
    Kind(code="region_unknown", plant=_written("household_region", _unknown_region)),
    Kind(code="region_of_another_province", plant=_without_job(_written("household_region", _elsewhere))),
    Kind(code="number_of_another_province", plant=_without_job(_in_number(_of_another_province))),
    Kind(code="duplicate_in_file", plant=_again, duplicate=True),
    Kind(code="sex_conflicts", plant=_written("sex", _other_sex), needs=("sex",)),
    Kind(code="birth_date_conflicts", plant=_other_birthday, needs=("birth_date",)),
    Kind(code="field_missing", plant=_missing),
    Kind(code="field_too_long", plant=_too_long),
    Kind(code="control_characters", plant=_control),
    Kind(code="formula", plant=_formula),
    Kind(code="date_unreadable", plant=_written("surveyed_on", _no_date)),
    Kind(code="value_unknown", plant=_unknown_value),
    Kind(code="phone_malformed", plant=_written("phone", _phone), needs=("phone",)),
)  # fmt: skip
"""Every sample has each of them."""
FURTHER: Final = (
    Kind(code="number_fifteen_digits", plant=_in_number(lambda survey, _: old_number_of(survey.person.number))),
    Kind(code="date_in_future", plant=_in_future),
    Kind(code="employer_missing", plant=_without_employer),
    Kind(code="work_region_unknown", plant=_nowhere),
    Kind(code="account_check_digit", plant=_account, needs=("account", "bank")),
    Kind(code="name_malformed", plant=_written("name", _name_with_digits)),
    Kind(code="group_period_wrong", plant=_after_the_survey, needs=("groups", "group_since")),
    Kind(code="group_not_valid_then", plant=_before_the_group, needs=("groups", "group_since")),
)
"""Those that a sample has where its bad rows suffice for them too."""
