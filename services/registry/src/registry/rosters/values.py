"""Single cells to values: codes of lists, resident ID numbers, telephone numbers, memberships in groups."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Final

from contracts import bank_account, resident_id
from contracts.code_lists import CODE_LISTS
from contracts.errors import InvalidBankAccount, InvalidResidentId
from contracts.groups import GROUPS
from contracts.memberships import Membership
from contracts.resident_id import ResidentId

from registry.rosters import tables
from registry.rosters.refusals import Refusal
from registry.rosters.roster import PaidTo
from registry.rosters.text import compact, key, line

_FINDINGS: Final[Mapping[str, str]] = {
    "resident_id_fifteen_digits": "number_fifteen_digits",
    "resident_id_date": "number_date_impossible",
    "resident_id_checksum": "number_check_digit",
}
_ACCOUNT_FINDINGS: Final[Mapping[str, str]] = {
    "bank_account_format": "account_malformed",
    "bank_account_checksum": "account_check_digit",
}
_SEPARATORS: Final = re.compile(r"[、,;/|]")
_PHONE: Final = re.compile(
    r"1[0-9]{10}"
    r"|(?:0[0-9]{2,3}-?)?[2-9][0-9]{6,7}(?:-[0-9]{1,5})?"
    r"|[48]00-?[0-9]{3}-?[0-9]{4}"
    r"|\+[0-9][0-9-]{6,17}[0-9]"
)
_HOME_PREFIX: Final = re.compile(r"(?:\+|00)?86-?(?=1[0-9]{10}$)")
_AREA: Final = re.compile(r"\(([0-9]{3,4})\)-?")


def resident(text: str) -> ResidentId:
    """Also made-up people: whether they may be here, the environment says later. Raises `Refusal`."""
    try:
        return resident_id.parse(compact(text).upper(), allow_made_up=True)
    except InvalidResidentId as wrong:
        raise Refusal(_FINDINGS.get(wrong.code, "number_malformed"), "number") from None


def phone(text: str, field: str) -> str | None:
    """A mobile number, one of the fixed network with or without its area, a service number, or one of another country.
    None for an empty cell. Raises `Refusal`."""
    number = _HOME_PREFIX.sub("", _AREA.sub(r"\1-", compact(text).removesuffix(".0")))
    if number and not _PHONE.fullmatch(number):
        raise Refusal("phone_malformed", field)
    return number or None


def paid_to(account: str, bank: str) -> PaidTo | None:
    """An account with its bank; None where the cell of the account is empty. Raises `Refusal`."""
    number, name = str(bank_account.normalise(compact(account))), line(bank)
    if not number:
        return None
    try:
        found = bank_account.parse(number)
    except InvalidBankAccount as wrong:
        raise Refusal(_ACCOUNT_FINDINGS[wrong.code], "account") from None
    if not name:
        raise Refusal("field_missing", "bank")
    return PaidTo(account=found, bank=name)


@lru_cache(maxsize=4096)
def one(field: str, text: str) -> str | None:
    """The code of the field's list that a word stands for, or that it is; None where the list has none such."""
    if field in tables.LISTS and (code := compact(text).upper()) in _codes(field):
        return code
    return tables.words(field).get(key(text))


def required(field: str, text: str) -> str:
    """As `one`; raises `Refusal`."""
    found = one(field, text)
    if found is None:
        raise Refusal("value_unknown", field)
    return found


def several(field: str, text: str) -> tuple[str, ...]:
    """The words of a cell that names some, as far as they are known, each once. Raises `Refusal`."""
    return tuple(dict.fromkeys(required(field, word) for word in _split(field, text)))


@lru_cache(maxsize=4096)
def memberships(text: str, since: date | None, surveyed_on: date) -> tuple[Membership, ...]:
    """A group by its code is meant as it is; by a name that the policies gave up, as what it was called from then to
    the day of the survey (R-REG-13, R-REG-17). Without a day it is known from the survey on. Raises `Refusal`."""
    start = since or surveyed_on
    if start > surveyed_on:
        raise Refusal("group_period_wrong", "group_since")
    found = dict.fromkeys(each for word in _split("groups", text) for each in _named(word, start, surveyed_on))
    if len({each.group for each in found}) != len(found):
        raise Refusal("group_repeated", "groups")
    if not all(each.is_named_rightly(surveyed_on) for each in found):
        raise Refusal("group_not_valid_then", "groups")
    return tuple(found)


def _named(word: str, start: date, surveyed_on: date) -> Iterator[Membership]:
    group = GROUPS.find(required("groups", word))
    if compact(word).upper() == group.code:
        yield Membership(group=group.code, valid_from=start)
        return
    while group.valid_to is not None and group.valid_to <= surveyed_on and group.successors:
        if group.valid_to > start:
            yield Membership(group=group.code, valid_from=start, valid_to=group.valid_to)
            start = group.valid_to
        group = GROUPS.find(group.successors[0])
    yield Membership(group=group.code, valid_from=start)


@lru_cache(maxsize=4096)
def _split(field: str, text: str) -> tuple[str, ...]:
    """Words between separators; a name that has such a sign in itself stays whole."""
    parts = [part for part in _SEPARATORS.split(compact(text)) if part]
    found: list[str] = []
    while parts:
        whole = (end for end in range(len(parts), 1, -1) if one(field, "、".join(parts[:end])))
        end = next(whole, 1)
        found.append("、".join(parts[:end]))
        parts = parts[end:]
    return tuple(found)


@lru_cache(maxsize=16)
def _codes(field: str) -> frozenset[str]:
    return frozenset(code.code for code in CODE_LISTS[tables.LISTS[field]].codes)
