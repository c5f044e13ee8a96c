"""Who is responsible for a worker, over two provinces' registries on real PostgreSQL."""

import asyncio
from typing import Any

import pytest
from contracts.stewardship import (
    StewardshipEndingV1,
    StewardshipGrantedV1,
    StewardshipHeldV1,
    StewardshipRecalledV1,
    StewardshipReleasedV1,
    StewardshipRequestedV1,
)
from eventcore.clock import monotonic
from eventcore.database import Unavailable
from eventcore.exchange import stewards
from eventcore.schema import renew
from handing_over import ends, handed_over, starts, steward, yields
from restoring import reads_again, speaks_anew
from two_registries import HOME, HOST, THIRD, Registry, correspond, deliver, make_directory

pytestmark = pytest.mark.postgres


async def test_a_job_in_another_province_hands_the_worker_over_and_its_end_hands_back(
    registries: Any, worker: str, headers: Any
) -> None:
    home, host = registries.home, registries.host
    assert (await steward(home, worker, headers, HOME))["here"] == "ACTING"
    await starts(host, worker)
    await correspond(home, host)
    ending = await steward(home, worker, headers, HOME)
    assert (ending["steward"], ending["coming"], ending["here"]) == (HOME, HOST, "ENDING")
    assert await host.said(StewardshipHeldV1) == []  # home's placement has not stopped yet
    await yields(home, worker, 1)
    await correspond(home, host)
    assert (await steward(home, worker, headers, HOME))["here"] == "NOT_ACTING"
    there = await steward(host, worker, headers, HOST)
    assert (there["home"], there["steward"], there["epoch"], there["here"]) == (HOME, HOST, 2, "ACTING")
    await ends(host, worker)
    await yields(host, worker, 2)
    await correspond(home, host)
    await yields(host, worker, 2)
    await correspond(home, host)
    back = await steward(home, worker, headers, HOME)
    assert (back["steward"], back["epoch"], back["here"]) == (HOME, 3, "ACTING")
    assert [event.epoch for event in await home.said(StewardshipHeldV1)] == [1, 3]
    assert [event.epoch for event in await home.said(StewardshipEndingV1)] == [1]
    assert [event.epoch for event in await host.said(StewardshipReleasedV1)] == [2]


async def test_home_acts_no_more_for_who_is_handed_over_and_says_who_does(
    registries: Any, worker: str, headers: Any, survey: Any
) -> None:
    home = registries.home
    await handed_over(registries, worker)
    wishes = {"wishes": ["JOB"], "evidence": "2026-1"}
    refused = [
        await home.client.post("/v1/surveys", json=survey(surveyed_on="2026-05-02"), headers=headers("li")),
        await home.client.post(f"/v1/workers/{worker}/wishes", json=wishes, headers=headers("li")),
        await home.client.post(
            f"/v1/workers/{worker}/designation",
            json={"plan": "520000-2026", "evidence": "2026-2"},
            headers=headers("sun", office="registrar"),
        ),
    ]
    for answer in refused:
        assert (answer.status_code, answer.json()["code"], answer.json()["steward"]) == (409, "not_steward", HOST)
    other = await home.client.post(
        "/v1/surveys", json=survey(number="520599199003070031", name="李四"), headers=headers("li")
    )
    assert other.status_code == 201  # of somebody else nothing has changed


async def test_a_wait_is_shown_with_its_age_and_a_refusal_is_a_case(registries: Any, worker: str, headers: Any) -> None:
    home, host = registries.home, registries.host
    await starts(host, worker)
    await correspond(home, host)
    registrar = headers("sun", office="registrar", region=HOME)
    waits: list[Any] = []
    cursor = ""
    while cursor is not None:
        page = await home.client.get(f"/v1/stewardship-waits?limit=1&cursor={cursor}", headers=registrar)
        waits, cursor = [*waits, *page.json()["waits"]], page.json()["next"]
    assert len(waits) == 2
    assert {(wait["kind"], wait["province"]) for wait in waits} == {("RELEASE", HOME), ("SERVICES", HOME)}
    assert all(wait["age_seconds"] >= 0 for wait in waits)
    await yields(home, worker, 1)
    await correspond(home, host)
    assert (await home.client.get("/v1/stewardship-waits", headers=registrar)).json()["waits"] == []
    asked = await home.client.post(
        f"/v1/stewardship/{worker}/recall", headers=headers("sun", office="registrar", region=HOME)
    )
    assert asked.status_code == 201
    await correspond(home, host)
    cases = (await home.client.get("/v1/stewardship-cases", headers=registrar)).json()["waits"]
    assert [(case["worker"], case["province"], case["refused"]) for case in cases] == [(worker, HOST, "STILL_EMPLOYED")]
    assert (await steward(host, worker, headers, HOST))["here"] == "ACTING"


async def test_taking_back_needs_an_order_and_a_revoked_key(registries: Any, worker: str, headers: Any) -> None:
    home, host = registries.home, registries.host
    await handed_over(registries, worker)
    path, order = f"/v1/stewardship/{worker}/taking-back", {"order": "人社厅函〔2027〕3号"}

    def registrar() -> Any:
        return headers("sun", office="registrar", region=HOME)

    assert (await home.client.post(path, json={}, headers=registrar())).status_code == 422
    trusted = await home.client.post(path, json=order, headers=registrar())
    assert (trusted.status_code, trusted.json()["code"]) == (409, "stewardship_holder_trusted")
    folders = {each.region: each.settings.secrets_dir for each in (home, host)}
    make_directory(registries.directory, folders, revoked=frozenset({HOST}))
    taken = await _until_read(home, path, order, registrar)
    assert (taken["steward"], taken["epoch"]) == (HOME, 3)
    await home.run()
    assert (await steward(home, worker, headers, HOME))["here"] == "ACTING"
    await correspond(home, host)  # the host hears of it, later
    await yields(host, worker, 2)
    await correspond(home, host)
    assert (await steward(home, worker, headers, HOME))["epoch"] == 3


async def _until_read(home: Registry, path: str, order: Any, headers: Any) -> Any:
    """A directory is looked at again within about a second."""
    for _ in range(40):
        answer = await home.client.post(path, json=order, headers=headers())
        if answer.status_code == 201:
            return answer.json()
        await asyncio.sleep(0.1)
    raise AssertionError(answer.text)


async def test_death_at_home_brings_the_worker_home(registries: Any, worker: str, headers: Any) -> None:
    home, host = registries.home, registries.host
    await handed_over(registries, worker)
    died = await home.client.post(
        f"/v1/workers/{worker}/death",
        json={"died_on": "2026-06-01", "evidence": "2026-9"},
        headers=headers("sun", office="registrar"),
    )
    assert died.status_code == 201
    await correspond(home, host)
    await yields(host, worker, 2)
    await correspond(home, host)
    assert (await steward(home, worker, headers, HOME))["epoch"] == 3


async def test_a_restored_home_learns_from_the_holder_whom_it_had_granted_and_acts_no_more(
    registries: Any, worker: str, headers: Any
) -> None:
    """As after a backup that is older than the grant: home knows the worker as its own."""
    home, host = registries.home, registries.host
    held = StewardshipHeldV1(worker=worker, home=HOME, epoch=2, organisation="440306-hrss", to=(HOME,))
    await home.hear(held, f"tenure-{worker}", version=1, by=HOST)
    await home.run()
    assert (await steward(home, worker, headers, HOME))["steward"] == HOME  # nothing was lost, as far as home knows
    await renew(registries.owners[HOME])
    await reads_again(home.store, HOME)
    await home.hear(held, f"tenure-{worker}", version=2, by=HOST)
    await home.run()
    found = await steward(home, worker, headers, HOME)
    assert (found["steward"], found["epoch"], found["here"]) == (HOST, 2, "ENDING")
    await yields(home, worker, 1)
    await home.run()
    assert (await steward(home, worker, headers, HOME))["here"] == "NOT_ACTING"
    wishes = {"wishes": ["JOB"], "evidence": "2026-1"}
    refused = await home.client.post(f"/v1/workers/{worker}/wishes", json=wishes, headers=headers("li"))
    assert (refused.status_code, refused.json()["steward"]) == (409, HOST)
    released = StewardshipReleasedV1(
        worker=worker, home=HOME, epoch=2, ground="JOB_ENDED", organisation="440306-hrss", to=(HOME,)
    )
    await home.hear(released, f"tenure-{worker}", version=3, by=HOST)
    await home.run()
    back = await steward(home, worker, headers, HOME)
    assert (back["steward"], back["epoch"], back["here"]) == (HOME, 3, "ACTING")
    assert await host.letters() == []


async def test_a_restored_home_grants_nothing_before_what_was_under_way_is_held(
    registries: Any, worker: str, headers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The grant lies in the host's inbox, and nobody there has read it when home forgets that it gave it."""
    home, host = registries.home, registries.host
    granted = StewardshipGrantedV1(
        worker=worker, home=HOME, epoch=2, region=HOST, ground="JOB_FOUND_ALONE", organisation="o", to=(HOST,)
    )
    await host.hear(granted, f"stewardship-{worker}", version=4, by=HOME)
    await renew(registries.owners[HOME])
    await speaks_anew(home.store, "registry", HOME, HOST)
    asks = StewardshipRequestedV1(
        worker=worker, home=HOME, region=THIRD, ground="JOB_FOUND_ALONE", organisation="o", to=(HOME,)
    )
    await home.hear(asks, f"tenure-{worker}", by=THIRD)
    with pytest.raises(Unavailable):
        await home.run()
    path, wishes = f"/v1/workers/{worker}/wishes", {"wishes": ["JOB"], "evidence": "2026-1"}
    later = monotonic() + 2 * stewards.AGAIN
    monkeypatch.setattr(stewards, "monotonic", lambda: later)
    early = await home.client.post(path, json=wishes, headers=headers("li"))
    assert (early.status_code, early.json().get("code")) == (503, "border_not_agreed")
    await deliver(await home.letters(), {HOST: host})
    await host.run()
    await deliver(await host.letters(), {HOME: home})
    await home.run()
    found = await steward(home, worker, headers, HOME)
    assert (found["steward"], found["epoch"]) == (HOST, 2)
    assert [each.to for each in await home.said(StewardshipRecalledV1)] == [(HOST,)]
