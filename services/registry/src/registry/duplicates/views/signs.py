"""Read model: who bears the same sign. One row is one blind index with the surveys that say it; nothing personal.
Whoever is erased leaves it.

Every channel records surveys, and this view folds them all: there is no way in that is not compared.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import ARRAY, Index, String, text
from sqlmodel import Field, SQLModel

from registry.indexes.signs import FORMER_NUMBER, NAME_AND_BIRTH, PHONE, Signs
from registry.privacy.events import NumberReindexed, PersonalDataErased
from registry.surveys.events import SurveyRecorded
from registry.surveys.survey import SURVEY
from registry.workers.worker import WORKER

CODECS: Final = (Codec(SURVEY.events), Codec(WORKER.events))
MOST: Final = 64
"""Surveys in one row, the first of them: what more have in common says nothing of anybody."""


class Bearers(SQLModel):
    """`surveys`, `workers`, `regions` and `names` are parallel, in the order of the surveys' ids."""

    sign: str = Field(primary_key=True)
    """`<kind>:<blind index>`"""
    kind: str
    crowd: int
    """How many workers, as they were when they were surveyed."""
    surveys: list[str] = Field(sa_type=ARRAY(String))
    workers: list[str] = Field(sa_type=ARRAY(String))
    regions: list[str] = Field(sa_type=ARRAY(String))
    names: list[str] = Field(sa_type=ARRAY(String))
    """Of a phone: index of name and phone together, under the same version of the key. Else empty texts."""


NAME: Final = table_name("signs", __file__, *CODECS)


class SignsTable(Bearers, table=True):
    __tablename__ = NAME
    __table_args__ = (
        Index(f"{NAME}_shared", "sign", postgresql_where=text(f"crowd > 1 or kind = '{FORMER_NUMBER}'")),
        Index(f"{NAME}_workers", "workers", postgresql_using="gin"),
        {"schema": "views"},
    )


def keys(fact: Fact[Any]) -> Iterable[str]:
    if isinstance(fact.event, PersonalDataErased):
        yield from fact.event.signs
    for bearer in _bearers(fact.event):
        yield from bearer.said


def start(sign: str) -> Bearers:
    return Bearers(sign=sign, kind=sign.partition(":")[0], crowd=0, surveys=[], workers=[], regions=[], names=[])


def fold(row: Bearers | None, fact: Fact[Any]) -> Bearers | None:
    """The first surveys by their ids, whatever order they come in."""
    if row is None:
        return None
    known = dict(zip(row.surveys, zip(row.workers, row.regions, row.names, strict=True), strict=True))
    if isinstance(fact.event, PersonalDataErased):
        gone = {fact.event.worker, *fact.event.linked}
        known = {survey: said for survey, said in known.items() if said[0] not in gone}
    for bearer in _bearers(fact.event):
        if row.sign in bearer.said:
            known[bearer.survey] = bearer.worker, bearer.region, bearer.said[row.sign]
    return _row(row, sorted(known.items())[:MOST]) if known else None


def _row(row: Bearers, first: Sequence[tuple[str, tuple[str, str, str]]]) -> Bearers:
    return Bearers(
        sign=row.sign,
        kind=row.kind,
        crowd=len({worker for _, (worker, _, _) in first}),
        surveys=[survey for survey, _ in first],
        workers=[worker for _, (worker, _, _) in first],
        regions=[region for _, (_, region, _) in first],
        names=[name for _, (_, _, name) in first],
    )


@dataclass(frozen=True, slots=True)
class _Bearer:
    survey: str
    worker: str
    region: str
    said: Mapping[str, str]
    """Sign -> index of the name beside it."""


def _bearers(event: object) -> Iterable[_Bearer]:
    """A survey bears its signs under the versions of the key that there were, and later under the new one."""
    match event:
        case SurveyRecorded():
            yield _Bearer(event.survey, event.worker, event.household_region, _said(event.signs))
        case NumberReindexed():
            for each in event.surveys:
                yield _Bearer(each.survey, event.owner, each.household_region, _said(each.signs))


def _said(signs: Signs) -> Mapping[str, str]:
    return {
        **{f"{NAME_AND_BIRTH}:{index}": "" for index in signs.name_and_birth},
        **{f"{FORMER_NUMBER}:{index}": "" for index in signs.former_number},
        **{f"{PHONE}:{index}": name for index, name in zip(signs.phone, signs.name_and_phone, strict=True)},
    }


SIGNS: Final[View[Any]] = View(
    row=Bearers, table=SignsTable, keys=keys, fold=fold, start=start, own=CODECS, commutes=False
)
