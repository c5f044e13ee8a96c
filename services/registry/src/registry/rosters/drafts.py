"""A row's words to a draft of a survey, or the first thing that is wrong with them.

The order of the checks is part of the interface: what is wrong with the cells themselves, with the number, with what
must agree with it, with what is missing or too long, and then with single values.
"""

import re
from collections.abc import Mapping, Set
from datetime import date
from typing import Final

from contracts.errors import InvalidResidentId
from contracts.resident_id import ResidentId
from contracts.survey import EMPLOYED

from registry.rosters import places, values
from registry.rosters.days import day
from registry.rosters.headers import MANDATORY
from registry.rosters.places import Unplaced
from registry.rosters.refusals import Refusal
from registry.rosters.roster import Defaults, Draft
from registry.rosters.text import compact, has_control, is_blank, is_person_name, line, narrow, person_name
from registry.surveys.commands import Employed, Unemployed
from registry.surveys.recording import FLEXIBLE

LONGEST: Final[Mapping[str, int]] = {"name": 60, "employer": 120, "bank": 60}
LONGEST_OTHER: Final = 200
_LONG: Final = min(LONGEST.values())
"""Hardly a cell is longer than that, and asks how long it may be."""

_AS_FLOAT: Final = re.compile(r"[0-9](?:\.[0-9]*)?[Ee]\+?1[0-9]")
_LIKE_PHONE: Final = re.compile(r"\+[0-9][0-9() -]*")
_WHEN_EMPLOYED: Final = ("employment_form", "work_region", "contact")
_DAYS: Final = ("surveyed_on", "birth_date", "group_since")

Cells = Mapping[str, str]
"""Field -> what the clerk wrote under it."""


def draft(cells: Cells, formulas: Set[str], defaults: Defaults, taken: Set[str]) -> Draft:
    """The row as a survey; `formulas` are the fields whose cells hold one, `taken` the numbers of rows above that went
    through. Raises `Refusal`."""
    check_cells(cells, formulas)
    resident = values.resident(cells["number"]) if not is_blank(cells.get("number", "")) else None
    surveyed_on = _surveyed_on(cells, defaults)
    if resident and surveyed_on:
        check_age(resident, surveyed_on, defaults)
    works_here = _works_here(cells, defaults, surveyed_on or defaults.today)
    region = _household(cells, defaults, surveyed_on or defaults.today, anywhere=works_here)
    if resident:
        check_number(resident, defaults, taken, anywhere=works_here)
        check_agreement(resident, cells)
    check_missing(cells, defaults)
    check_lengths(cells)
    check_days(cells, surveyed_on, defaults)
    if resident is None or surveyed_on is None or region is None:
        raise Refusal("field_missing")
    return _draft(cells, resident, surveyed_on, region, defaults)


def check_cells(cells: Cells, formulas: Set[str]) -> None:
    """Formulas, control characters, numbers that lost digits."""
    for field, text in cells.items():
        if field in formulas or (text and not text[0].isalnum() and _is_formula(text)):
            raise Refusal("formula", field)
    if not all(map(str.isprintable, cells.values())):
        for field, text in cells.items():
            if has_control(text):
                raise Refusal("control_characters", field)
    if _AS_FLOAT.fullmatch(compact(cells.get("number", ""))):
        raise Refusal("number_as_float", "number")


def check_age(resident: ResidentId, surveyed_on: date, defaults: Defaults) -> None:
    """Not yet born is too young."""
    try:
        age = resident.age_on(surveyed_on)
    except InvalidResidentId:
        age = -1
    if age < defaults.youngest or (defaults.oldest is not None and age > defaults.oldest):
        raise Refusal("age_out_of_range", "number")


def check_number(resident: ResidentId, defaults: Defaults, taken: Set[str], *, anywhere: bool) -> None:
    """Permits and foreigners' cards name no province. Of whoever works here the rules know whether it is a guest."""
    if not anywhere and resident.province not in (None, defaults.province):
        raise Refusal("number_of_another_province", "number")
    if resident.number in taken:
        raise Refusal("duplicate_in_file", "number")


def check_agreement(resident: ResidentId, cells: Cells) -> None:
    """Sex and birth date, where they can be read."""
    if values.one("sex", cells.get("sex", "")) not in (None, resident.sex.value):
        raise Refusal("sex_conflicts", "sex")
    if day(cells.get("birth_date", "")) not in (None, resident.birth_date):
        raise Refusal("birth_date_conflicts", "birth_date")


def check_missing(cells: Cells, defaults: Defaults) -> None:
    """What every row needs, and what one about somebody employed needs (R-REG-33)."""
    employed = values.one("employment_status", cells.get("employment_status", "")) == EMPLOYED
    for field in (*MANDATORY, *(_WHEN_EMPLOYED if employed else ())):
        if is_blank(cells.get(field, "")) and not getattr(defaults, field, None):
            raise Refusal("field_missing", field)


def check_lengths(cells: Cells) -> None:
    for field, text in cells.items():
        if len(text) > _LONG and len(text) > LONGEST.get(field, LONGEST_OTHER):
            shown = person_name(text) if field == "name" else line(text)
            if len(shown) > LONGEST.get(field, LONGEST_OTHER):
                raise Refusal("field_too_long", field)


def check_days(cells: Cells, surveyed_on: date | None, defaults: Defaults) -> None:
    for field in _DAYS:
        if not is_blank(text := cells.get(field, "")) and day(text) is None:
            raise Refusal("date_unreadable", field)
    if surveyed_on is not None and surveyed_on > defaults.today:
        raise Refusal("date_in_future", "surveyed_on")


def _surveyed_on(cells: Cells, defaults: Defaults) -> date | None:
    text = cells.get("surveyed_on", "")
    return defaults.surveyed_on if is_blank(text) else day(text)


def _works_here(cells: Cells, defaults: Defaults, on: date) -> bool:
    if values.one("employment_status", cells.get("employment_status", "")) != EMPLOYED:
        return False
    region = places.workplace(compact(cells.get("work_region", "")), defaults.province, on)
    return region is not None and region[:2] == defaults.province[:2]


def _household(cells: Cells, defaults: Defaults, on: date, *, anywhere: bool) -> str | None:
    text = compact(cells.get("household_region", ""))
    try:
        return places.household(text, defaults.province, on, anywhere=anywhere) if text else None
    except Unplaced as unplaced:
        raise Refusal(unplaced.code, "household_region") from None


def _draft(cells: Cells, resident: ResidentId, surveyed_on: date, region: str, defaults: Defaults) -> Draft:
    if not is_blank(sex := cells.get("sex", "")):
        values.required("sex", sex)
    channel, capture_method = _listed("channel", cells, defaults), _listed("capture_method", cells, defaults)
    name = person_name(cells["name"])
    groups = values.memberships(cells.get("groups", ""), day(cells.get("group_since", "")), surveyed_on)
    employment = _employment(cells, surveyed_on, defaults)
    phone = values.phone(cells.get("phone", ""), "phone")
    if not is_person_name(name):
        raise Refusal("name_malformed", "name")
    return Draft(
        name=name,
        number=resident.number,
        phone=phone,
        household_region=region,
        groups=groups,
        surveyed_on=surveyed_on,
        channel=channel,
        capture_method=capture_method,
        employment=employment,
    )


def _listed(field: str, cells: Cells, defaults: Defaults) -> str:
    text = cells.get(field, "")
    return values.required(field, getattr(defaults, field) if is_blank(text) else text)


def _employment(cells: Cells, surveyed_on: date, defaults: Defaults) -> Employed | Unemployed:
    """What is said of a job is not asked of whoever has none (R-REG-32)."""
    status = values.required("employment_status", cells["employment_status"])
    wishes = values.several("wishes", cells.get("wishes", ""))
    if status != EMPLOYED:
        return Unemployed(wishes=wishes)
    form = values.required("employment_form", cells["employment_form"])
    contact = values.phone(cells["contact"], "contact")
    employer = line(cells.get("employer", "")) or None
    region = places.workplace(compact(cells["work_region"]), defaults.province, surveyed_on)
    if form != FLEXIBLE and employer is None:
        raise Refusal("employer_missing", "employer")
    if region is None:
        raise Refusal("work_region_unknown", "work_region")
    if contact is None:
        raise Refusal("field_missing", "contact")
    return Employed(form=form, region=region, employer=employer, contact=contact, wishes=wishes)


def _is_formula(text: str) -> bool:
    """Text that a spreadsheet program takes for a formula when it opens it as CSV, or when it is typed."""
    text = narrow(text)
    return text.startswith(("=", "@")) or (text.startswith("+") and not _LIKE_PHONE.fullmatch(text))
