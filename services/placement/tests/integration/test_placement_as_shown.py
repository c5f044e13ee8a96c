"""What the pages of two placements show is accepted, from the agreement to the end of a job in the other province."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from as_shown import WORKER, AsShown
from contracts.stewardship import StewardshipHeldV1
from eventcore.clock import legal_day
from lb.local.databases import MakeDatabase
from published import Published
from two_placements import SAID_AT, Provinces, two_provinces

PLACES: Final = {
    "employer": "91441900MA000001LU",
    "agreement": "0190a1b2-0000-7000-8000-0000000000a1",
    "vacancy": "0190a1b2-0000-7000-8000-0000000000b1",
    "transfer": "0190a1b2-0000-7000-8000-0000000000d1",
    "employment": "0190a1b2-0000-7000-8000-0000000000e1",
    "worker": WORKER,
}
HOME: Final = {"office": "placement-officer", "region": "520000"}
HOST: Final = {"office": "placement-officer", "region": "440000"}
HELD: Final = StewardshipHeldV1(to=(), worker=WORKER, epoch=2, home="520000", organisation="hr-440000")
EMPLOYER: Final = {"office": "employer", "region": "441900", "organisation": PLACES["employer"]}


@pytest.fixture
async def provinces(
    placement_template: str, postgres_database: MakeDatabase, tmp_path: Path
) -> AsyncIterator[Provinces]:
    home, host = (postgres_database(template=placement_template) for _ in range(2))
    async with two_provinces(home, host, tmp_path) as found:
        yield found


def all_today() -> dict[str, str]:
    """The days that are shown are months apart: what is said at each comes true today, and what is to come later on."""
    today = legal_day()
    past = (
        "2026-06-01",
        "2026-06-10",
        "2026-06-28",
        "2026-06-30",
        "2026-07-01",
        "2026-07-02",
        "2026-07-31",
        "2026-09-30",
        "2026-10-08",
    )
    coming = ("2026-12-31", "2027-06-01", "2029-07-01")
    soon = f"{today + timedelta(days=3)}T18:00:00+08:00"
    return (
        dict.fromkeys(past, str(today))
        | {day: str(today + timedelta(days=n * 60)) for n, day in enumerate(coming, start=1)}
        | {"2026-07-01T18:00:00+08:00": soon, "2026-07": f"{today:%Y-%m}", '"days": 22': '"days": 0'}
    )


async def test_a_worker_comes_to_a_job_in_another_province_as_shown(provinces: Provinces) -> None:
    home = AsShown(provinces.home, PLACES, all_today())
    host = AsShown(provinces.host, PLACES, home.given)
    await provinces.known(WORKER)
    await host.post("/v1/employers", HOST)
    for what in ("base", "titles"):
        await host.post(f"/v1/employers/{{employer}}/{what}", HOST)
    home.given[PLACES["agreement"]] = (await home.post("/v1/agreements", HOME))["agreement"]
    await provinces.settle()
    await host.post("/v1/agreements/{agreement}/signature", HOST)
    await provinces.settle()
    home.given[PLACES["vacancy"]] = (await host.post("/v1/vacancies", EMPLOYER))["vacancy"]
    await host.post("/v1/vacancies/{vacancy}/terms", EMPLOYER)
    await host.post("/v1/vacancies/{vacancy}/sharing", HOST)
    await provinces.settle()
    home.given[PLACES["transfer"]] = (await home.post("/v1/transfers", HOME))["transfer"]
    await provinces.settle()
    await host.post("/v1/transfers/{transfer}/acceptance", HOST)
    await provinces.settle()
    await home.post("/v1/transfers/{transfer}/dispatch", HOME)
    await provinces.settle()
    await host.post("/v1/transfers/{transfer}/arrival", HOST)
    home.given[PLACES["employment"]] = (await host.post("/v1/employments", EMPLOYER))["employment"]
    for what in ("contracts", "start", "months"):
        await host.post(f"/v1/employments/{{employment}}/{what}", EMPLOYER)
    await host.post("/v1/month-batches", EMPLOYER)
    await provinces.host.tell(Published(event=HELD, stream=f"tenure-{WORKER}", version=1, at=SAID_AT))
    for what in ("visits", "helper"):
        await host.post(f"/v1/workers/{{worker}}/{what}", HOST)
    await host.post("/v1/employments/{employment}/end", EMPLOYER)
    await provinces.host.catch_up()
    await host.post("/v1/workers/{worker}/unemployment", HOST)
    await host.post("/v1/vacancies/{vacancy}/closing", EMPLOYER)
    await home.post("/v1/agreements/{agreement}/end", HOME)
    await host.post("/v1/employers/{employer}/base-revocation", HOST)
