"""Read models of offers are built anew as they are, and the log says what its guards and timers are."""

from pathlib import Path

from eventcore.database import connect
from eventcore.rebuild import rebuild
from eventcore.verify import verify
from lb.local.databases import MakeDatabase
from offers_office import Office, abroad, done, registry, worker
from placement.app import PROGRAM, SERVICE
from placement.offers.wiring import VIEWS
from served import serving


async def test_read_models_of_offers_are_rebuilt_as_they_are(
    placement_template: str, postgres_database: MakeDatabase, tmp_path: Path
) -> None:
    database = postgres_database(template=placement_template)
    async with serving(PROGRAM, database, tmp_path) as served:
        await _work(Office(served))
        tables = [f'table views."{view.name}" order by 1' for view in VIEWS]
        before = [await served.pool.fetch(table) for table in tables]
        owner = await connect(database)
        try:
            for view in VIEWS:
                await rebuild(owner, view, SERVICE.pages_of(owner, view))
        finally:
            await owner.close()
        assert {view.name.rpartition("_")[0]: len(rows) for view, rows in zip(VIEWS, before, strict=True)} == {
            "employers": 1,
            "agreements": 2,
            "offers": 2,
            "candidates": 2,
            "matches": 1,
        }
        assert [await served.pool.fetch(table) for table in tables] == before
        assert await verify(served.pool, SERVICE.deciders) == []


async def _work(office: Office) -> None:
    await office.registered()
    await office.vacancy(await office.agreed(), heads=1)
    await office.service.tell(abroad(), said_in="440000")
    await office.service.tell(*registry(1, "POVERTY_LIFTED"), *registry(2, "RURAL_TRANSFERRED"))
    run = done(await office.home("/v1/matching-runs", {"region": "520526"}))["run"]
    refusal = {"worker": worker(1), "reason": "FAMILY"}
    done(await office.home(f"/v1/matching-runs/{run}/declination", refusal))
    await office.service.catch_up()
