"""Who is meant: through blind indexes only, as canonical workers, and only those whom the caller may see."""

from collections.abc import Callable
from typing import Final

from eventcore.database import Pool
from eventcore.readers.queries import reading
from eventcore.store import Store

from registry.duplicates.views.signs import NAME
from registry.indexes.person_index import PersonIndex
from registry.search.bodies import Known
from registry.surveys.events import SurveyInvalidated, SurveyRejected
from registry.surveys.survey import PERSON
from registry.workers.pairs import LINKED
from registry.workers.state import Registered
from registry.workers.worker import WORKER

_BEARERS: Final = """
with bearers as (
    select g.holder as worker from log.guards g where g.scope = '{person}' and g.key = any($2::text[])
    union
    select m.worker from views.{signs} s, unnest(s.surveys, s.workers) m(survey, worker)
    where s.sign = any($1::text[])
      and not exists (select from log.events e where e.stream_id = 'survey-' || m.survey
                      and e.type in ('{rejected}', '{invalidated}'))
)
select distinct coalesce(l.holder, b.worker) as worker
from bearers b left join log.guards l on l.scope = '{linked}' and l.key = b.worker
"""


def _named(statement: str) -> str:
    names = {
        "{signs}": NAME,
        "{person}": PERSON,
        "{linked}": LINKED,
        "{rejected}": SurveyRejected.type,
        "{invalidated}": SurveyInvalidated.type,
    }
    for place, name in names.items():
        statement = statement.replace(place, name)
    return statement


_STATEMENT: Final = _named(_BEARERS)


async def find(store: Store, index: PersonIndex, known: Known, may_see: Callable[[str], bool]) -> list[str]:
    """Ids of registered workers, linked ones as their canonical one. `may_see(region)`. Unavailable."""
    workers = await _bearers(store.pool, known.signs(index), known.numbers(index))
    found = await store.states(WORKER, workers)
    return [worker for worker, (state, _) in found.items() if _visible(state, may_see)]


async def _bearers(pool: Pool, signs: tuple[str, ...], numbers: tuple[str, ...]) -> list[str]:
    with reading():
        records = await pool.fetch(_STATEMENT, list(signs), list(numbers), timeout=5)
    return [record["worker"] for record in records]


def _visible(worker: object, may_see: Callable[[str], bool]) -> bool:
    return isinstance(worker, Registered) and not worker.erased and may_see(worker.household_region)
