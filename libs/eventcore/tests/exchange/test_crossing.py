"""Facts cross the border once and in order, whatever becomes of the messages on the way."""

import json
import random
from datetime import UTC, datetime

import pytest
from crossing import HOME, HOST, Keys, Side, Weather, settle
from eventcore import metrics
from eventcore.exchange.outbound import OUTBOUND
from eventcore.exchange.pairs import pairs_agree
from eventcore.verify import verify
from eventcore.web.operations import _SQL
from shop import CLASS, SEAT

pytestmark = pytest.mark.postgres


async def test_each_side_gets_what_the_other_says(home: Side, host: Side) -> None:
    await home.seats(5)
    await host.seats(3)
    await settle(home, host)
    assert await host.arrived() == await home.said()
    assert await home.arrived() == await host.said()
    assert await host.pool.fetchval("select distinct source from log.inbox") == f"/cn/{HOME}/shop"
    assert await pairs_agree(home.pool)
    assert await pairs_agree(host.pool)
    assert await verify(host.pool, (CLASS, SEAT, OUTBOUND)) == []
    await home.border.settle(HOST)
    metered = metrics.exposition()[0].decode()
    for name, value in (("signed_number", 6), ("receipted_number", 6), ("received_number", 4), ("frozen", 0)):
        assert f'eventcore_pair_{name}{{region="{HOST}"}} {value}.0' in metered
    (pair,) = json.loads(await home.pool.fetchval(_SQL, 10))["pairs"]
    assert (pair["out"]["number"], pair["out"]["receipted"], pair["in"]["number"]) == (6, 6, 4)
    assert (pair["region"], pair["agrees"], pair["in"]["frozen"], pair["out"]["waiting_seconds"]) == (
        HOST,
        True,
        None,
        0,
    )


@pytest.mark.parametrize("seed", range(4))
async def test_lost_doubled_late_and_disordered_messages_change_nothing(home: Side, host: Side, seed: int) -> None:
    dice = random.Random(seed)
    weather = Weather(dice)
    for _ in range(15):
        side, other = (home, host) if dice.random() < 0.5 else (host, home)
        await side.seats(dice.randrange(4))
        await side.send()
        now, side.road = weather.passes(side.road)
        await other.receive(now)
        if dice.random() < 0.2:
            side.restart()
    await settle(home, host)
    assert await host.arrived() == await home.said()
    assert await home.arrived() == await host.said()


async def test_what_is_resent_has_the_bytes_that_were_signed(home: Side, host: Side) -> None:
    await home.seats(3)
    await home.send()
    first, home.road = [each.value for each in home.road], []
    home.restart()
    await home.send()
    envelopes = {each.value for each in home.road} & set(first)
    assert len(envelopes) == 4
    await host.receive(home.road)
    assert len(await host.arrived()) == 3


async def test_an_envelope_is_signed_once_however_often_its_reader_begins_again(home: Side, host: Side) -> None:
    await home.seats(3)
    await settle(home, host)
    before = await home.envelopes()
    reader = (await home.work()).name
    await home.pool.execute("update log.checkpoints set position = 0 where reader = $1", reader)
    home.restart()
    await home.sign()
    assert await home.envelopes() == before
    await home.seats(1)
    await settle(home, host)
    assert await host.arrived() == await home.said()


async def test_the_number_is_the_version_of_the_stream_for_two_processes_too(home: Side, host: Side) -> None:
    twin = home.twin()
    await home.seats(2)
    await home.sign()
    await twin.sign()
    await home.seats(2)
    await twin.sign()
    await home.seats(2)
    await home.sign()
    await settle(home, host)
    assert [number for _, number, _ in await home.envelopes()] == list(range(1, 8))
    assert await host.arrived() == await home.said()


async def test_what_comes_early_is_not_stored_and_what_is_missing_is_asked_for(home: Side, host: Side) -> None:
    await home.seats(4)
    await home.send()
    *_, receipt = home.road
    opening, first, _, third, *_ = home.road
    await host.border.prepare()
    await host.receive([opening, first, third, receipt])
    assert len(await host.arrived()) == 1
    standing = await host.standing()
    assert (standing["waits"], standing["in_number"], standing["missing"]) == ("number_missing", 2, 3)
    await host.send()
    home.road = []
    await home.receive(host.road)
    assert (await home.standing())["asked"] == 1
    await settle(home, host)
    assert await host.arrived() == await home.said()
    assert (await host.standing())["waits"] is None


async def test_a_window_of_envelopes_is_under_way(home: Side, host: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eventcore.exchange.courier.WINDOW", 3)
    await home.seats(8)
    await home.send()
    assert len(home.road) == 4
    await settle(home, host)
    assert await host.arrived() == await home.said()


async def test_a_long_series_ends_when_all_of_it_is_receipted(
    home: Side, host: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eventcore.exchange.pairs.LONG", 3)
    await home.seats(4)
    await settle(home, host)
    await home.seats(1)
    await settle(home, host)
    assert await host.arrived() == await home.said()
    assert [number for _, number, _ in await home.envelopes()][:6] == [1, 2, 3, 4, 5, 1]


async def test_after_a_rotation_old_signatures_stay_valid(home: Side, host: Side, keys: Keys) -> None:
    await home.seats(2)
    await home.send()
    old, home.road = home.road, []
    now = datetime.now(UTC)
    keys.add(HOME, valid_from=now)
    keys.change(HOME, 0, valid_until=now)
    for side in (home, host):
        side.restart()
    await host.receive(old)
    assert len(await host.arrived()) == 2
    await home.seats(2)
    await settle(home, host)
    assert await host.arrived() == await home.said()
    assert len({stream for stream, _, _ in await home.envelopes()}) == 1


async def test_a_revoked_key_is_trusted_for_nothing_and_a_new_series_goes_on_from_the_last_receipt(
    home: Side, host: Side, keys: Keys
) -> None:
    await home.seats(2)
    await settle(home, host)
    await home.seats(2)
    await home.send()
    stolen, home.road = home.road, []
    keys.add(HOME)
    keys.change(HOME, 0, revoked_at=datetime.now(UTC))
    for side in (home, host):
        side.restart()
    await host.receive(stolen)
    assert len(await host.arrived()) == 2
    assert set(await host.reasons()) == {"exchange: revoked_key"}
    await settle(home, host)
    assert await host.arrived() == await home.said()
    new = sorted({stream for stream, _, _ in await home.envelopes()})[-1]
    assert [number for stream, number, _ in await home.envelopes() if stream == new] == [1, 2, 3]


async def test_a_receiver_that_lost_its_end_says_so_and_gets_it_again(home: Side, host: Side) -> None:
    await home.seats(2)
    await settle(home, host)
    copy = await host.backup()
    await home.seats(3)
    await settle(home, host)
    await host.restore(copy)
    assert len(await host.arrived()) == 2
    assert not await pairs_agree(host.pool)
    await settle(home, host)
    assert await pairs_agree(host.pool)
    assert await host.arrived() == await home.said()
    assert len({stream for stream, _, _ in await home.envelopes()}) == 1


async def test_a_receiver_that_lost_more_than_the_present_series_gets_another(
    home: Side, host: Side, keys: Keys
) -> None:
    await home.seats(2)
    await settle(home, host)
    copy = await host.backup()
    await home.seats(2)
    await settle(home, host)
    keys.add(HOME)
    keys.change(HOME, 0, revoked_at=datetime.now(UTC))
    home.restart()
    host.restart()
    await home.seats(2)
    await settle(home, host)
    await host.restore(copy)
    await settle(home, host)
    assert await host.arrived() == await home.said()
    assert len({stream for stream, _, _ in await home.envelopes()}) == 3


async def test_a_sender_that_lost_its_end_opens_a_series_from_what_it_still_knows(home: Side, host: Side) -> None:
    await home.seats(2)
    await host.seats(1)
    await settle(home, host)
    copy = await home.backup()
    await home.seats(2)
    await host.seats(2)
    await settle(home, host)
    before = await host.arrived()
    await home.restore(copy)
    assert not await pairs_agree(home.pool)
    await home.sign()
    assert not await pairs_agree(home.pool)
    await home.seats(2)
    await settle(home, host)
    assert await pairs_agree(home.pool)
    assert await home.arrived() == await host.said()
    assert await host.arrived() == [*before, *(await home.said())[2:]]
    assert len({stream for stream, _, _ in await home.envelopes()}) == 2


async def test_nothing_is_receipted_of_a_sender_that_says_something_else(home: Side, host: Side) -> None:
    await home.seats(2)
    await settle(home, host)
    copy = await home.backup()
    await home.seats(2)
    await settle(home, host)
    home.taken = 2
    await home.restore(copy)
    await another_seat(home)
    for _ in range(4):
        await home.send()
        road, home.road = home.road, []
        await host.receive(road)
    assert (await host.standing())["frozen"] == "known_event_other_bytes"
    assert len(await host.arrived()) == 4
    assert await host.pool.fetchval("select count(*) from log.envelopes") == 5


async def another_seat(side: Side) -> None:
    """The same seat for another number."""
    side.region, region = "999999", side.region
    await side.seats(1)
    side.region = region
