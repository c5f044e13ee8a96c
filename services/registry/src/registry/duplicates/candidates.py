"""Pairs of workers who may be one person, with what speaks for it; and the route that lists them. No personal data."""

from typing import Annotated, Any, Final

from contracts.region import RegionCode, bounds
from eventcore.database import Pool
from eventcore.readers.queries import reading
from eventcore.web import ApiRequest, Paged, router
from eventcore.web.waiting import until_view
from fastapi import APIRouter, Query
from pydantic import BaseModel

from registry.duplicates.views.signs import MOST, NAME, SIGNS
from registry.indexes.signs import FORMER_NUMBER, PHONE, WEIGHTS, score
from registry.privacy.events import PersonalDataErased
from registry.surveys.events import SurveyInvalidated, SurveyRejected
from registry.surveys.survey import PERSON
from registry.workers.pairs import LINKED, PAIR

_TIMEOUT: Final = 10.0
_NAMES: Final = {
    "{signs}": NAME,
    "{phone}": PHONE,
    "{former}": FORMER_NUMBER,
    "{most}": str(MOST),
    "{rejected}": SurveyRejected.type,
    "{invalidated}": SurveyInvalidated.type,
    "{erased}": PersonalDataErased.type,
    "{linked}": LINKED,
    "{person}": PERSON,
    "{pair}": PAIR,
}
_CANDIDATES: Final = """
with bearers as materialized (
    select s.sign, s.kind, m.survey, m.worker, m.region, m.name
    from views.{signs} s, unnest(s.surveys, s.workers, s.regions, s.names) m(survey, worker, region, name)
    where (s.crowd > 1 or s.kind = '{former}') and s.crowd <= case s.kind when '{phone}' then $6 else {most} end
      and exists (select from unnest(s.regions) r where r between $1 and $2)
      and not exists (select from log.events e where e.stream_id = 'survey-' || m.survey
                      and e.type in ('{rejected}', '{invalidated}'))
      and not exists (select from log.events e where e.stream_id = 'worker-' || m.worker and e.type = '{erased}')
), now as (
    select b.sign, b.kind, b.survey, b.worker as was, coalesce(l.holder, b.worker) as worker, b.region, b.name
    from bearers b left join log.guards l on l.scope = '{linked}' and l.key = b.worker
), pairs as (
    select least(x.worker collate "C", y.worker) as one, greatest(x.worker collate "C", y.worker) as other, x.kind,
           array[x.region, y.region] as regions, array[x.survey, y.survey] as surveys,
           least(x.was collate "C", y.was) || '|' || greatest(x.was collate "C", y.was) as told_of
    from now x join now y on x.sign = y.sign and x.worker < y.worker and (x.kind <> '{phone}' or x.name = y.name)
    union all
    select least(f.worker collate "C", p.holder), greatest(f.worker collate "C", p.holder), f.kind, array[f.region],
           array[f.survey], least(f.was collate "C", p.holder) || '|' || greatest(f.was collate "C", p.holder)
    from now f join log.guards p on p.scope = '{person}' and p.key = split_part(f.sign, ':', 2)
    where f.kind = '{former}' and f.worker <> p.holder
)
select p.one, p.other, array_agg(distinct p.kind) as signs, array_agg(distinct r.region) as regions,
       (array_agg(distinct r.survey))[1:10] as surveys
from pairs p, unnest(p.regions, p.surveys) r(region, survey)
where (p.one, p.other) > ($3::text collate "C", $4::text collate "C")
group by p.one, p.other
having bool_or(r.region between $1 and $2)
   and not bool_or(exists (select from log.guards d where d.scope = '{pair}'
                           and d.key in (p.told_of, p.one || '|' || p.other)))
order by p.one, p.other
limit $5
"""


class Sign(BaseModel):
    """What speaks for it, and of how many in 100 pairs with this sign alone it is true. 依据与权重。"""

    sign: str
    weight: int


class Candidate(BaseModel):
    """Two workers who may be one person. 疑似重复的一对。"""

    workers: tuple[str, str]
    signs: list[Sign]
    score: int
    """Of 100: the doubts that the signs leave, multiplied."""
    household_regions: list[str]
    surveys: list[str]
    """The surveys that say so, ten at most."""


class CandidatePage(BaseModel):
    pairs: list[Candidate]
    next: str | None


def routes(sharers: int) -> APIRouter:
    """The list; a phone that more than `sharers` workers gave is no sign."""
    found = router()

    @found.get("/v1/duplicate-candidates", tags=["duplicates"])
    async def list_candidates(
        request: ApiRequest,
        page: Paged,
        region: Annotated[
            RegionCode, Query(description="A county, prefecture or province. 县、市或省的行政区划代码。")
        ],
    ) -> CandidatePage:
        """Pairs of which at least one was surveyed in the region, and of which nobody has decided yet.

        某行政区划内尚未判定的疑似重复人员。
        """
        request.require_region(region)
        after = request.after(page.cursor, tuple[str, str]) if page.cursor else ("", "")
        pool = request.web.store.pool
        await until_view(pool, SIGNS.reader, page.wait_for, page.wait_seconds)
        rows = await candidates(pool, region, after=after, limit=page.limit, sharers=sharers)
        following = request.cursor(*rows[-1].workers) if len(rows) == page.limit else None
        return CandidatePage(pairs=rows, next=following)

    return found


def _named(statement: str) -> str:
    for place, name in _NAMES.items():
        statement = statement.replace(place, name)
    return statement


async def candidates(pool: Pool, region: str, *, after: tuple[str, str], limit: int, sharers: int) -> list[Candidate]:
    """In the order of the workers' ids. Linked workers are their canonical one. Unavailable."""
    first, last = bounds(region)
    with reading():
        records = await pool.fetch(_STATEMENT, first, last, *after, limit, sharers, timeout=_TIMEOUT)
    return [_candidate(record) for record in records]


def _candidate(record: Any) -> Candidate:
    signs = sorted(record["signs"], key=lambda sign: (-WEIGHTS[sign], sign))
    return Candidate(
        workers=(record["one"], record["other"]),
        signs=[Sign(sign=sign, weight=WEIGHTS[sign]) for sign in signs],
        score=score(frozenset(signs)),
        household_regions=record["regions"],
        surveys=record["surveys"],
    )


_STATEMENT: Final = _named(_CANDIDATES)
