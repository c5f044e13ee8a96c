"""Two ids that are one person have one career, on a real log."""

from contracts.registry import DuplicateDecidedV1
from eventcore.verify import verify
from placement.app import PROGRAM
from published import Published
from served import Served
from working import CITY, HOME, Office, registered, told, worker


def linked(*, undone: bool = False) -> Published:
    """The second is the first."""
    event = DuplicateDecidedV1(
        worker=worker(1),
        other=worker(2),
        verdict="DIFFERENT" if undone else "SAME",
        undone=undone,
        reason="SAME_NUMBER",
        organisation="hr-520526",
    )
    return told(event, f"worker-{worker(1)}", 3 if undone else 2)


async def test_months_under_both_ids_make_one_career_stable_until_the_link_is_undone(placement: Served) -> None:
    office, home = Office(service=placement, county=CITY), Office(service=placement, county=HOME)
    await placement.tell(registered(1), registered(2))
    first, second = await office.hired(1, "2023-01-02"), await office.hired(2, "2024-01-08")
    await office.confirmed(first, [f"2023-{month:02}" for month in range(1, 9)])
    await placement.tell(linked())
    await office.confirmed(second, [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 9)])
    await placement.catch_up()
    career = await home.get(f"/v1/workers/{worker(1)}/career")
    assert (len(career["jobs"]), career["reached_years"]) == (2, [2023, 2024, 2025])
    (stable,) = (await home.get("/v1/careers", region=HOME))["workers"]
    assert (stable["worker"], stable["reached_on"]) == (worker(1), "2025-08-31")
    await placement.tell(linked(undone=True))
    assert (await home.get("/v1/careers", region=HOME))["workers"] == []
    assert len((await home.get(f"/v1/workers/{worker(1)}/career"))["jobs"]) == 1
    assert await verify(placement.pool, PROGRAM.service.deciders) == []
