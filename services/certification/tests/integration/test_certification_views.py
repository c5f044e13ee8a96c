"""Read models of certification are built anew as they are, and the log says what its guards are."""

from pathlib import Path

from assessing import Assessing, done
from certification.app import PROGRAM, SERVICE
from eventcore.database import connect
from eventcore.rebuild import rebuild
from eventcore.verify import verify
from lb.local.databases import MakeDatabase
from served import serving


async def test_a_rebuild_gives_the_same_rows(
    certification_template: str, postgres_database: MakeDatabase, tmp_path: Path
) -> None:
    database = postgres_database(template=certification_template)
    async with serving(PROGRAM, database, tmp_path) as served:
        await _work(Assessing(served))
        tables = [f'table views."{view.name}" order by 1' for view in SERVICE.views]
        before = [await served.pool.fetch(table) for table in tables]
        owner = await connect(database)
        try:
            for view in SERVICE.views:
                await rebuild(owner, view, SERVICE.pages_of(owner, view))
        finally:
            await owner.close()
        assert [len(rows) for rows in before] == [1, 1, 3]
        assert [await served.pool.fetch(table) for table in tables] == before
        assert await verify(served.pool, SERVICE.deciders) == []


async def _work(assessing: Assessing) -> None:
    await assessing.body_stands()
    workers = await assessing.workers_known(3)
    assessment = await assessing.scheduled(training_class=await assessing.class_completed(workers))
    await assessing.scored(assessment, workers)
    await assessing.confirmed(assessment)
    done(await assessing.officer("/v1/certificate-revocations", {"assessment": assessment, "reason": "FRAUD"}))
    await assessing.service.catch_up()
