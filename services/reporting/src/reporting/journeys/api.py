"""GET /v1/workers/{worker}/journey"""

from typing import Annotated, Final

from eventcore.database import Pool
from eventcore.web import ApiRequest, Problem, router
from eventcore.web.waiting import WaitFor, WaitSeconds
from fastapi import Path

from reporting.asking import moment, sql, statement, tables, until_views
from reporting.employment.standing import standing
from reporting.employment.view import WORK, WorkRow
from reporting.journeys.travelled import MOST, Journey, travelled
from reporting.journeys.view import JOURNEYS, StepRow
from reporting.known import today
from reporting.people.links import LINKS

routes: Final = router()

_VIEWS: Final = (JOURNEYS, LINKS, WORK)
_TABLES: Final = tables(journey=JOURNEYS, links=LINKS, work=WORK)
_PERSON: Final = statement(sql(__file__, "person.sql", **_TABLES))
_NEWEST: Final = statement(sql(__file__, "newest.sql", **_TABLES))
_JOBS: Final = statement(sql(__file__, "jobs.sql", **_TABLES))


@routes.get("/v1/workers/{worker}/journey", tags=["journeys"])
async def journey(
    request: ApiRequest,
    worker: Annotated[
        str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$", description="Id of the worker. 劳动者编号。")
    ],
    wait_for: WaitFor = None,
    wait_seconds: WaitSeconds = 5,
) -> Journey:
    """What happened to a worker, step by step from the survey to the job and the money, over provinces, each with the
    trace that leads to its cause; and whether they have work, with the age of that knowledge (R-TRN-39, R-REG-38,
    R-STA-20). Who was found to be the same person has one journey; whose data were erased has none.

    劳动者经历：从摸查到就业和资金逐步列出，每一步附调用链标识，可追溯到起因，并附就业状况及其时效；判定为同一人的合并列示，已删除个人信息的不再提供。
    """
    pool = request.web.store.pool
    await until_views(pool, _VIEWS, wait_for, wait_seconds)
    reached = await moment(pool, _VIEWS)
    canonical, *linked = [record["worker"] for record in await _PERSON.fetch(pool, worker=worker)]
    steps = await _steps(pool, [canonical, *linked])
    if not steps or any(step.kind == "PERSONAL_DATA_ERASED" for step in steps):
        raise Problem("not_found")
    complete = len(steps) <= MOST
    employment = standing(await _jobs(pool, [canonical, *linked]), await today(pool))
    found = travelled(
        canonical,
        steps[:MOST],
        employment=employment,
        position=reached.position,
        complete=complete,
        linked=linked,
    )
    request.require_region(found.region)
    return found


async def _steps(pool: Pool, workers: list[str]) -> list[StepRow]:
    records = await _NEWEST.fetch(pool, workers=workers, most=MOST + 1)
    return [StepRow.model_construct(**dict(record)) for record in records]


async def _jobs(pool: Pool, workers: list[str]) -> list[WorkRow]:
    return [WorkRow.model_construct(**dict(record)) for record in await _JOBS.fetch(pool, workers=workers)]
