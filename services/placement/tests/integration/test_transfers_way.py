"""Transfers over HTTP on real logs: between two provinces, and between two counties of one."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from contracts.registry import WorkerDeceasedV1, WorkerRegisteredV1
from contracts.stewardship import StewardshipEndingV1, StewardshipGrantedV1, StewardshipHeldV1
from eventcore.clock import CLOCK, legal_day
from eventcore.store import Order, handle
from lb.local.databases import MakeDatabase
from placement.transfers.wiring import ALARMS
from served import Served
from two_placements import ASSEMBLER, FACTORY, HOME_COUNTY, Provinces, answered, done, two_provinces


@pytest.fixture
async def provinces(
    placement_template: str, postgres_database: MakeDatabase, tmp_path: Path
) -> AsyncIterator[Provinces]:
    home, host = (postgres_database(template=placement_template) for _ in range(2))
    async with two_provinces(home, host, tmp_path) as found:
        yield found


@pytest.fixture
async def counties(placement: Served) -> Provinces:
    return Provinces(placement, placement, "520102")


async def accepted(between: Provinces, worker: str, offer: dict[str, str]) -> str:
    await between.known(worker)
    transfer = await between.nominated(worker, offer)
    await between.at_host(f"/v1/transfers/{transfer}/acceptance")
    await between.settle()
    return transfer


async def on_the_way(between: Provinces, worker: str, offer: dict[str, str]) -> str:
    transfer = await accepted(between, worker, offer)
    await between.at_home(f"/v1/transfers/{transfer}/dispatch", {"left_on": legal_day().isoformat()})
    await between.settle()
    return transfer


async def ring(served: Served, transfer: str, name: str) -> None:
    """The timer of the home side, as if its time had come."""
    do = ALARMS[0].react(transfer, name)
    await handle(served.store, do.decider, do.key, do.command, Order(id=f"ring-{name}"))


async def test_a_worker_comes_to_a_job_in_another_province(provinces: Provinces) -> None:
    offer, worker = await provinces.offered(), str(uuid4())
    transfer = await accepted(provinces, worker, offer)
    assert await provinces.states(transfer) == ("CONFIRMED", "CONFIRMED")
    again = {"worker": worker, "consented_on": legal_day().isoformat(), "consent": "同意书 4", **offer}
    refused = await provinces.at_home("/v1/transfers", again, 409)
    assert refused["code"] == "worker_in_transfer"
    await provinces.at_home(f"/v1/transfers/{transfer}/dispatch", {"left_on": legal_day().isoformat()})
    await provinces.settle()
    await provinces.at_host(f"/v1/transfers/{transfer}/arrival", {"arrived_on": legal_day().isoformat()})
    await provinces.settle()
    assert await provinces.states(transfer) == ("ARRIVED", "ARRIVED")
    job = {
        "worker": worker,
        "employer": FACTORY,
        "region": "440306",
        "occupation": ASSEMBLER,
        "form": "ENTERPRISE",
        "transfer": transfer,
        "begins": {"started_on": legal_day().isoformat()},
    }
    await provinces.at_host("/v1/employments", job)
    back = {"reason": "OWN_WISH", "returned_on": legal_day().isoformat()}
    assert (await provinces.at_host(f"/v1/transfers/{transfer}/return", back, 409))["code"] == "transfer_has_begun_job"
    await provinces.settle()
    assert await provinces.states(transfer) == ("EMPLOYED", "EMPLOYED")
    assert await provinces.seats(offer) == ["held", "taken"]


async def test_a_guest_goes_onward_and_the_job_is_told_to_the_true_home(provinces: Provinces) -> None:
    offer, worker, today = await provinces.offered(), str(uuid4()), legal_day().isoformat()
    work = {"worker": worker, "occupation": ASSEMBLER, "form": "ENTERPRISE", "begins": {"started_on": today}}
    await provinces.at_home("/v1/employments", work | {"employer": FACTORY, "region": HOME_COUNTY, "home": "330106"})
    await provinces.told(
        WorkerRegisteredV1(worker=worker, survey="s1", household_region="330106", groups=()), f"worker-{worker}"
    )
    nomination = {"worker": worker, "consented_on": today, "consent": "同意书 5", **offer}
    assert (await provinces.at_home("/v1/transfers", nomination, 409))["code"] == "not_steward"
    held = StewardshipHeldV1(worker=worker, home="330000", organisation="hr", to=(), epoch=2)
    await provinces.told(held, f"tenure-{worker}")
    elsewhere = await provinces.home.post("/v1/transfers", nomination, office="placement-officer", region="520527")
    assert elsewhere.status_code == 403
    transfer = await provinces.nominated(worker, offer)
    await provinces.at_host(f"/v1/transfers/{transfer}/acceptance")
    await provinces.settle()
    await provinces.at_home(f"/v1/transfers/{transfer}/dispatch", {"left_on": today})
    await provinces.settle()
    await provinces.at_host("/v1/employments", work | {"employer": FACTORY, "region": "440306", "transfer": transfer})
    await provinces.settle()
    assert await provinces.states(transfer) == ("EMPLOYED", "EMPLOYED")
    home = "select data->'terms'->>'home' from log.readable where type = 'employment-started'"
    assert await provinces.host.pool.fetchval(home) == "330106"


async def test_whatever_home_ends_frees_its_seat_and_the_host_frees_none_by_itself(provinces: Provinces) -> None:
    offer, workers = await provinces.offered(heads=3), [str(uuid4()) for _ in range(3)]
    dying = await on_the_way(provinces, workers[2], offer)
    for each in workers[:2]:
        await provinces.known(each)
    withdrawn, expired = [await provinces.nominated(each, offer) for each in workers[:2]]
    for each in (withdrawn, expired):
        await provinces.at_host(f"/v1/transfers/{each}/acceptance")
    await provinces.at_home(f"/v1/transfers/{withdrawn}/withdrawal", {"reason": "OWN_WISH"})
    await ring(provinces.home, expired, "ANSWER")
    await answered(provinces.host)
    assert await provinces.states(withdrawn) == ("WITHDRAWN", "ACCEPTED")
    assert await provinces.states(expired) == ("EXPIRED", "ACCEPTED")
    timers = await provinces.host.pool.fetch("select stream_id from log.timers where stream_id like 'reception-%'")
    assert [each["stream_id"] for each in timers] == [f"reception-{dying}"], "who accepts waits without a timer"
    assert await provinces.seats(offer) == ["held"] * 3
    died = WorkerDeceasedV1(worker=workers[2], died_on=legal_day(), organisation="hr-520526")
    await provinces.told(died, f"worker-{workers[2]}", 2)
    await provinces.settle()
    assert await provinces.states(withdrawn) == ("WITHDRAWN", "WITHDRAWN")
    assert await provinces.states(expired) == ("EXPIRED", "EXPIRED")
    assert await provinces.states(dying) == ("WITHDRAWN", "WITHDRAWN")
    assert sorted(await provinces.seats(offer)) == ["freed"] * 3 + ["held"] * 3
    kinds = await provinces.home.pool.fetch(
        "select type from log.events where stream_id = $1 order by version offset 2", f"transfer-{expired}"
    )
    assert [each["type"] for each in kinds] == ["transfer-expired", "transfer-too-late"]


async def test_the_last_seat_is_given_once(provinces: Provinces) -> None:
    offer, workers = await provinces.offered(heads=1), [str(uuid4()) for _ in range(2)]
    for each in workers:
        await provinces.known(each)
    first, second = [await provinces.nominated(each, offer) for each in workers]
    for each in (first, second):
        await provinces.at_host(f"/v1/transfers/{each}/acceptance")
    await provinces.settle()
    assert await provinces.states(first) == ("CONFIRMED", "CONFIRMED")
    assert await provinces.states(second) == ("REJECTED", "REJECTED")
    await provinces.home.catch_up()
    line = done(
        await provinces.home.get(
            "/v1/transfers",
            {"region": "520000", "state": "REJECTED", "only_open": "false"},
            office="placement-officer",
        ),
        200,
    )["transfers"]
    assert [(each["transfer"], each["reason"], each["open"]) for each in line] == [(second, "NO_SEAT", False)]


async def test_who_does_not_find_the_job_returns_to_the_other_county(counties: Provinces) -> None:
    offer, worker = await counties.offered(), str(uuid4())
    transfer = await on_the_way(counties, worker, offer)
    assert await counties.states(transfer) == ("DISPATCHED", "DISPATCHED")
    assert (await counties.at_host(f"/v1/transfers/{transfer}/absence", None, 409))["code"] == "worker_still_expected"
    await counties.at_host(f"/v1/transfers/{transfer}/arrival", {"arrived_on": legal_day().isoformat()})
    back = {"reason": "NOT_HIRED", "returned_on": legal_day().isoformat()}
    await counties.at_host(f"/v1/transfers/{transfer}/return", back)
    await counties.settle()
    assert await counties.states(transfer) == ("RETURNED", "RETURNED")
    assert await counties.seats(offer) == ["held", "freed"]


async def test_before_the_steward_yields_the_nomination_is_withdrawn(counties: Provinces) -> None:
    offer, worker = await counties.offered(), str(uuid4())
    transfer = await accepted(counties, worker, offer)
    facts: dict[str, Any] = {"to": (), "worker": worker, "home": "520000", "organisation": "hr-520000", "epoch": 1}
    await counties.told(StewardshipEndingV1(**facts), f"tenure-{worker}")
    await counties.told(
        StewardshipGrantedV1(**facts | {"epoch": 2}, region="440000", ground="EMPLOYED"), f"stewardship-{worker}"
    )
    assert await counties.states(transfer) == ("WITHDRAWN", "WITHDRAWN")
    kinds = await counties.home.pool.fetch(
        "select type from log.events where stream_id in ($1, $2) and type in "
        "('permission-ending', 'transfer-withdrawn', 'permission-yielded') order by position",
        f"permission-{worker}",
        f"transfer-{transfer}",
    )
    assert [each["type"] for each in kinds] == ["permission-ending", "transfer-withdrawn", "permission-yielded"]
    body = {"worker": worker, "consented_on": legal_day().isoformat(), "consent": "同意书 5", **offer}
    refused = await counties.at_home("/v1/transfers", body, 409)
    assert (refused["code"], refused["steward"]) == ("not_steward", "440000")
    shown = await counties.home.get(f"/v1/permissions/{worker}", office="placement-officer", region=HOME_COUNTY)
    assert done(shown, 200) == {
        "worker": worker,
        "acts": False,
        "epoch": 1,
        "waits_for": None,
        "steward": "440000",
    }


async def test_what_waits_is_listed_with_its_age_for_its_own_county(counties: Provinces) -> None:
    offer, worker = await counties.offered(), str(uuid4())
    await counties.known(worker)
    transfer = await counties.nominated(worker, offer, answer_until=(CLOCK.now() + timedelta(days=2)).isoformat())
    await counties.home.catch_up()
    officer = {"office": "placement-officer", "region": HOME_COUNTY}
    wanted = {"region": HOME_COUNTY, "side": "HOME", "worker": worker}
    (line,) = done(await counties.home.get("/v1/transfers", wanted, **officer), 200)["transfers"]
    assert (line["transfer"], line["state"], line["side"]) == (transfer, "NOMINATED", "HOME")
    assert 0 <= line["waiting_seconds"] < 600
    assert line["due"] is not None
    elsewhere = await counties.home.get("/v1/transfers", {"region": "520102"}, **officer)
    assert elsewhere.status_code == 403
    other = {"office": "placement-officer", "region": "520181"}
    hidden = await counties.home.get(f"/v1/transfers/{transfer}", office="placement-officer", region="520181")
    assert hidden.status_code == 404
    answer = await counties.home.post(f"/v1/transfers/{transfer}/withdrawal", {"reason": "OWN_WISH"}, **other)
    assert answer.status_code == 403


async def test_after_a_restore_nobody_is_nominated_until_the_provinces_agree(counties: Provinces) -> None:
    offer, worker = await counties.offered(), str(uuid4())
    await counties.known(worker)
    await counties.home.pool.execute("insert into log.pairs (region, agreed) values ('440000', 'before-the-restore')")
    body = {"worker": worker, "consented_on": legal_day().isoformat(), "consent": "同意书 5", **offer}
    assert (await counties.at_home("/v1/transfers", body, 503))["code"] == "border_not_agreed"
