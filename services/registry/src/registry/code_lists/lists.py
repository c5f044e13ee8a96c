"""Which code lists are served, and what each holds on a day."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from contracts import occupation, region
from contracts.code_lists import CODE_LISTS
from contracts.codes import Code, CodeList
from contracts.errors import InvalidRegion
from pydantic import BaseModel

from registry.disclosures.purposes import PURPOSES
from registry.imports.purposes import PURPOSES as IMPORT_PURPOSES
from registry.matching.conflicts.lists import DECISION_REASONS, FOLLOW_UPS
from registry.privacy.commands import ERASURE_GROUNDS, RESTRICTION_GROUNDS


class CodeOut(BaseModel):
    """A code. What became of it (`became`) is said of one that is no longer used. 代码。"""

    code: str
    zh: str
    en: str | None = None
    source: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    parent: str | None = None
    level: str | None = None
    edition: str | None = None
    verified: bool | None = None
    successors: list[str] | None = None
    became: list[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A list as it is served: the codes used on a day, those that were, and one of them with what became of it."""

    name: str
    zh: str
    en: str
    used: Callable[[date], Iterable[CodeOut]]
    former: Callable[[date], Iterable[CodeOut]] = lambda _: ()
    one: Callable[[str, date], CodeOut | None]
    paged: bool = False
    """Longer than an answer: comes in pages, and its former codes only one at a time."""
    narrowed_by: frozenset[str] = field(default_factory=frozenset)
    """Members by which it may be narrowed: `parent`, `edition`."""
    rs_field: str | None = None
    """Our field that holds these codes, where the human-resources systems have a code for it."""


def served(codes: CodeList, *, rs_field: str | None = None) -> Served:
    """A small list of the published language."""

    def one(code: str, on: date) -> CodeOut | None:
        return next((_out(codes, each, on) for each in codes.codes if each.code == code), None)

    return Served(
        name=codes.name,
        zh=codes.zh,
        en=codes.en,
        used=lambda on: (_out(codes, each, on) for each in codes.as_of(on)),
        former=lambda on: (_out(codes, each, on) for each in codes.codes if each.valid_to and each.valid_to <= on),
        one=one,
        rs_field=rs_field,
    )


def _out(codes: CodeList, code: Code, on: date) -> CodeOut:
    ended = code.valid_to is not None and code.valid_to <= on
    return CodeOut(
        code=code.code,
        zh=code.zh,
        en=code.en,
        source=code.source,
        valid_from=code.valid_from,
        valid_to=code.valid_to,
        successors=list(code.successors) or None,
        became=[codes.current(code.code, on).code] if ended and code.successors else None,
    )


@lru_cache(maxsize=16)
def regions_on(on: date) -> tuple[CodeOut, ...]:
    """Every region of the day, by code."""
    return tuple(_region(each) for each in region.valid(on))


def one_region(code: str, on: date) -> CodeOut | None:
    """A region by a code of any time, with those that have its area on the day."""
    try:
        now = region.current(code, on)
        meanings = region.history(code) if not region.exists(code, on) else (region.region(code, on),)
    except InvalidRegion:
        return None
    became = None if region.exists(code, on) else [each.code for each in now]
    return _region(meanings[-1]).model_copy(update={"became": became})


def _region(each: region.Region) -> CodeOut:
    return CodeOut(
        code=each.code,
        zh=each.name,
        source="GB/T 2260",
        valid_from=each.valid_from,
        valid_to=each.valid_to,
        parent=each.parent,
        level=each.level,
        successors=list(each.successors) or None,
    )


def occupations_on(on: date) -> Iterable[CodeOut]:
    """Those of all editions, each with its code in the others by the crosswalk of the day."""
    return (_occupation(each, on) for edition in occupation.EDITIONS for each in occupation.occupations(edition))


def one_occupation(text: str, on: date) -> CodeOut | None:
    """`2022/6-18-02-04`."""
    return next((each for each in occupations_on(on) if each.code == text), None)


def _occupation(each: occupation.Occupation, on: date) -> CodeOut:
    others = (edition for edition in occupation.EDITIONS if edition > each.key.edition)
    became = [str(same) for edition in others for same in occupation.same_in(each.key, edition, on)]
    return CodeOut(
        code=str(each.key),
        zh=each.name,
        source=each.source,
        edition=each.key.edition,
        verified=each.verified,
        became=became or None,
    )


OWN_LISTS: Final = (
    *(PURPOSES, IMPORT_PURPOSES, FOLLOW_UPS, DECISION_REASONS),
    *(RESTRICTION_GROUNDS, ERASURE_GROUNDS),
)
"""Of this service alone."""
_RS_FIELDS: Final = {"employment-statuses": "employment_status"}

LISTS: Final[Mapping[str, Served]] = MappingProxyType(
    {
        each.name: each
        for each in (
            *(served(codes, rs_field=_RS_FIELDS.get(codes.name)) for codes in (*CODE_LISTS.values(), *OWN_LISTS)),
            Served(
                name="regions",
                zh="行政区划",
                en="Regions (GB/T 2260)",
                used=regions_on,
                one=one_region,
                paged=True,
                narrowed_by=frozenset({"parent"}),
                rs_field="household_region",
            ),
            Served(
                name="occupations",
                zh="职业",
                en="Occupations, by edition of the national classification",
                used=occupations_on,
                one=one_occupation,
                paged=True,
                narrowed_by=frozenset({"edition"}),
                rs_field="occupation",
            ),
        )
    }
)
