"""Single values: theirs to ours, and back. Ours are texts: dates as in ISO 8601, several codes joined by commas."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from contracts.errors import InvalidResidentId

from registry.rosters import days, places
from registry.rosters import values as cells
from registry.rosters.refusals import Refusal
from registry.rosters.text import compact, has_control, is_person_name, line, narrow, person_name
from registry.sources.system import Column

_SEPARATORS: Final = re.compile("[、,;/]")
_FLOAT: Final = re.compile(r"[0-9.]+[eE][+]?[0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What values are measured against."""

    on: date
    """The day of the file."""
    province: str
    made_up: bool
    """Whether numbers that can be nobody's are taken."""


class Wrong(Exception):
    """The value is refused; `code` says why, and nothing repeats it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def cleaned(text: str) -> str:
    """One tidy line; empty where it only says that nothing is known. Wrong for control characters."""
    if has_control(text):
        raise Wrong("control_characters")
    return line(text)


def ours(column: Column, text: str, setting: Setting) -> str:
    """The value in our terms. Wrong."""
    if len(text) > column.most:
        raise Wrong("field_too_long")
    try:
        return _OURS[column.kind](column, text, setting)
    except Refusal as refusal:
        raise Wrong(refusal.finding.code) from None


def theirs(column: Column, value: str) -> str:
    """The value as the system writes it. ValueError for a code that the declaration does not name."""
    if column.kind == "code":
        return _their_code(column, value)
    if column.kind == "codes":
        return "、".join(_their_code(column, each) for each in value.split(",") if each)
    return value


def same_name(text: str) -> str:
    """What two ways of writing one name have in common: one kind of dots, no spaces, one case."""
    return compact(person_name(text)).replace("·", "").upper()


def _their_code(column: Column, value: str) -> str:
    found = next((name for name, code in column.values.items() if code == value), None)
    if found is None:
        raise ValueError(column.field)
    return found


def _number(column: Column, text: str, setting: Setting) -> str:
    if _FLOAT.fullmatch(text):
        raise Wrong("number_as_float")
    resident = cells.resident(text)
    if resident.is_made_up and not setting.made_up:
        raise Wrong("resident_id_made_up")
    try:
        resident.age_on(setting.on)
    except InvalidResidentId:
        raise Wrong("number_date_impossible") from None
    return resident.number


def _name(column: Column, text: str, setting: Setting) -> str:
    if not is_person_name(name := person_name(text)):
        raise Wrong("name_malformed")
    return name


def _phone(column: Column, text: str, setting: Setting) -> str:
    return cells.phone(text, column.field) or ""


def _date(column: Column, text: str, setting: Setting) -> str:
    if (found := days.day(text)) is None:
        raise Wrong("date_unreadable")
    return found.isoformat()


def _region(column: Column, text: str, setting: Setting) -> str:
    """By its code of any time, also with the digits of town and village, or by a name; of any province."""
    if (found := places.workplace(compact(text), setting.province, setting.on)) is None:
        raise Wrong("region_unknown")
    return found


def _code(column: Column, text: str, setting: Setting) -> str:
    known = {**{code: code for code in column.values.values()}, **column.values}
    if (found := known.get(narrow(text), known.get(text))) is None:
        raise Wrong("value_unknown")
    return found


def _codes(column: Column, text: str, setting: Setting) -> str:
    found = {_code(column, each, setting) for each in _SEPARATORS.split(compact(text)) if each}
    return ",".join(sorted(found))


def _integer(column: Column, text: str, setting: Setting) -> str:
    if not re.fullmatch("[0-9]{1,9}", digits := compact(text)):
        raise Wrong("value_unknown")
    return str(int(digits))


def _text(column: Column, text: str, setting: Setting) -> str:
    return text


_OURS: Final[Mapping[str, Callable[[Column, str, Setting], str]]] = MappingProxyType(
    {
        "text": _text,
        "number": _number,
        "name": _name,
        "phone": _phone,
        "region": _region,
        "date": _date,
        "code": _code,
        "codes": _codes,
        "integer": _integer,
    }
)
