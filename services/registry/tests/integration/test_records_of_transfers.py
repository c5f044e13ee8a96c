"""The personal record goes to the host under a key of one use, leaves a receipt at home, and is erased there too. It
goes to who is responsible also where there is no transfer, and from there onward."""

import asyncio
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from contracts.identity import ErasureDoneV1, KeyOfferedV1, RecordSentV1
from contracts.transfer import AcceptedV1, ConfirmedV1
from eventcore.exchange.sealing import NotForUs, new_key, unseal
from handing_over import ends, erased, handed_over, yields
from registry.records.events import RecordReceived
from registry.records.letter import about
from registry.records.one_time import OneTimeKeys
from registry.records.record import RECORD
from registry.vault import KeyGone
from two_registries import HOME, HOST, THIRD, Registry, correspond, deliver

pytestmark = pytest.mark.postgres
AT = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture
async def worker(registries: Any, headers: Any, survey: Any) -> str:
    client = registries.home.client
    made = (await client.post("/v1/surveys", json=survey(), headers=headers("li"))).json()
    await client.post(f"/v1/surveys/{made['survey']}/approval", headers=headers("chen"))
    await registries.home.run()
    return str(made["worker"])


def terms(worker: str) -> dict[str, Any]:
    return {"transfer": "t-1", "worker": worker, "vacancy": "v-1", "home": "520526", "host": "440306"}


async def accepted(registries: Any, worker: str) -> None:
    told = AcceptedV1(**terms(worker), organisation="440306-hrss", to=(HOME,))
    await registries.host.hear(told, "reception-t-1")


async def confirmed(registries: Any, worker: str) -> None:
    told = ConfirmedV1(**terms(worker), dispatch_until=AT, to=(HOST,))
    await registries.home.hear(told, "transfer-t-1")


async def kept(registries: Any, worker: str) -> dict[str, str | None]:
    """What the host can read of the worker."""
    host = registries.host
    stream = RECORD.stream(worker)
    stored = (await host.store.loader.load([stream])).streams[stream]
    events = [host.store.codec(RECORD).decode(*each) for each in stored]
    found: dict[str, str | None] = {}
    for version, event in enumerate(events, 1):
        if isinstance(event, RecordReceived):
            for name in ("name", "number", "phone"):
                place = f"{stream}/{version}/{name}"
                found[name] = await host.vault.open(worker, place, getattr(event, name))
    return found


async def own_file(home: Registry, worker: str, headers: dict[str, str]) -> Any:
    """While the readers go on: the file waits for the record of its own reading."""
    asked = asyncio.create_task(home.client.post(f"/v1/workers/{worker}/file", headers=headers))
    while not asked.done():
        await home.run()
        await asyncio.sleep(0.05)
    file = await asked
    assert file.status_code == 201, file.text
    return file


@pytest.mark.parametrize("first", ["acceptance", "confirmation"])
async def test_the_record_goes_once_both_sides_are_ready_and_leaves_a_receipt(
    registries: Any, worker: str, headers: Any, first: str
) -> None:
    home, host = registries.home, registries.host
    steps = [accepted, confirmed] if first == "acceptance" else [confirmed, accepted]
    for step in steps:
        assert await home.said(RecordSentV1) == []
        await step(registries, worker)
        await correspond(home, host)
    assert await kept(registries, worker) == WHO
    with pytest.raises(KeyGone):
        await OneTimeKeys(host.vault.keys).private(worker, "t-1")
    file = await own_file(home, worker, headers(worker, office="worker"))
    (reading,) = [each for each in file.json()["readings"] if each["purpose"] == "TRANSFER_RECORD"]
    assert (reading["organisation"], reading["in_full"]) == (HOST, ["name", "number", "phone"])
    told = [entry["what"] for entry in file.json()["entries"]]
    assert ("record-sent" in told, "record-receipt-noted" in told) == (True, True)


WHO = {"name": "王秀英", "number": "520599189003070024", "phone": "13800001234"}


async def test_who_found_work_alone_is_known_to_the_county_of_the_work_and_home_has_the_receipt(
    registries: Any, worker: str, headers: Any
) -> None:
    home, host = registries.home, registries.host
    await handed_over(registries, worker)
    assert await kept(registries, worker) == WHO
    with pytest.raises(KeyGone):
        await OneTimeKeys(host.vault.keys).private(worker, f"{worker}-2")
    file = await own_file(home, worker, headers(worker, office="worker"))
    (reading,) = [each for each in file.json()["readings"] if each["purpose"] == "TRANSFER_RECORD"]
    assert (reading["organisation"], reading["in_full"]) == (HOST, [*WHO])
    clerk = headers("wu", region="440306", office="clerk")
    asked = await host.client.post("/v1/local-worker-requests", json={"region": "440306"}, headers=clerk)
    (shown,) = asked.json()["workers"]
    assert shown["worker"] == worker
    assert (shown["name"], shown["number"], shown["phone"]) == ("王秀英", "520599********0024", "13800001234")
    assert (shown["household_region"], shown["work_region"], shown["survey"]) == ("520526", "440306", None)
    poor = {"region": "440306", "groups": ["POVERTY_LIFTED"]}
    clerk = headers("wu", region="440306", office="clerk")
    assert (await host.client.post("/v1/local-worker-requests", json=poor, headers=clerk)).json()["workers"] == []
    await ends(host, worker)
    await yields(host, worker, 2)
    await correspond(home, host)
    clerk = headers("wu", region="440306", office="clerk")
    over = await host.client.post("/v1/local-worker-requests", json={"region": "440306"}, headers=clerk)
    assert over.json()["workers"] == []


@pytest.mark.parametrize("comes_first", [True, False])
async def test_a_guest_whom_nobody_surveyed_here_goes_onward_with_the_record_that_came(
    registries: Any, worker: str, comes_first: bool
) -> None:
    home, host = registries.home, registries.host
    private, public = new_key()
    onward: dict[str, Any] = {"transfer": "t-9", "worker": worker}
    told = ConfirmedV1(**onward, vacancy="v-9", home="440306", host="510107", dispatch_until=AT, to=(THIRD,))
    if comes_first:
        await handed_over(registries, worker)
    await host.hear(told, "transfer-t-9")
    await host.hear(KeyOfferedV1(**onward, key=b64encode(public).decode(), to=(HOST,)), f"record-{worker}", by=THIRD)
    await correspond(home, host)
    if not comes_first:
        assert await host.said(RecordSentV1) == []
        await handed_over(registries, worker)
    (sent,) = await host.said(RecordSentV1)
    assert sent.to == (THIRD,)
    letter = unseal(private, b64decode(sent.record), about=about(worker, "t-9"))
    assert msgspec.json.decode(letter) == WHO


async def test_nobody_but_the_key_of_one_use_opens_it(registries: Any, worker: str) -> None:
    home, host = registries.home, registries.host
    await accepted(registries, worker)
    await confirmed(registries, worker)
    await host.run()
    private = await OneTimeKeys(host.vault.keys).private(worker, "t-1")
    await deliver(await host.letters(), {HOME: home})
    await home.run()
    (sent,) = await home.said(RecordSentV1)
    assert "王秀英" not in sent.to_bytes().decode()
    sealed = b64decode(sent.record)
    assert "王秀英" in unseal(private, sealed, about=about(worker, "t-1")).decode()
    with pytest.raises(NotForUs):
        unseal(private, sealed, about=about(worker, "t-2"))


async def test_who_is_erased_at_home_is_erased_at_the_host_with_every_key(
    registries: Any, worker: str, headers: Any
) -> None:
    home, host = registries.home, registries.host
    await accepted(registries, worker)
    await confirmed(registries, worker)
    await correspond(home, host)
    other = AcceptedV1(**terms(worker) | {"transfer": "t-2"}, organisation="440306-hrss", to=(HOME,))
    await host.hear(other, "reception-t-2")
    await correspond(home, host)
    await OneTimeKeys(host.vault.keys).private(worker, "t-2")  # offered, and never used
    await erased(registries, worker, headers)
    with pytest.raises(KeyGone):
        await kept(registries, worker)
    with pytest.raises(KeyGone):
        await OneTimeKeys(host.vault.keys).private(worker, "t-2")
    (done,) = await host.said(ErasureDoneV1)
    assert (done.worker, done.kept_for, done.to) == (worker, None, (HOME,))
    third = AcceptedV1(**terms(worker) | {"transfer": "t-3"}, organisation="440306-hrss", to=(HOME,))
    await host.hear(third, "reception-t-3")
    await correspond(home, host)
    assert len(await home.said(RecordSentV1)) == 1
