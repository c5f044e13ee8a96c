"""What is not as it should be is not applied, and shown."""

from datetime import UTC, datetime
from typing import Any

import asyncpg
import msgspec
import pytest
import toy_dialect
from crossing import HOME, HOST, Keys, Side, settle
from eventcore.broker.messages import Outgoing
from eventcore.exchange.envelopes import Envelope, Record, Signer, head_after
from eventcore.exchange.keys import NoKey
from eventcore.exchange.outbound import OUTBOUND
from eventcore.verify import verify
from shop import CLASS, SEAT

pytestmark = pytest.mark.postgres


async def test_a_known_number_with_other_bytes_freezes_the_pair_until_a_new_series(
    home: Side, host: Side, keys: Keys
) -> None:
    await home.seats(2)
    await settle(home, host)
    thief = Signer(keys.seeds[HOME][0])
    series = (await host.standing())["in_series"]
    lie = Envelope(HOME, HOST, "shop", "i", thief.id, datetime.now(UTC), series, 2, b"", Record(b"seat-s0", (), b"{}"))
    await host.receive([Outgoing(topic="", key=b"", value=thief.sign(lie))])
    assert (await host.standing())["frozen"] == "known_number_other_bytes"
    await home.seats(2)
    await home.send()
    await host.receive(home.road)
    assert len(await host.arrived()) == 2
    keys.add(HOME)
    keys.change(HOME, 0, revoked_at=datetime.now(UTC))
    home.restart()
    host.restart()
    await settle(home, host)
    assert (await host.standing())["frozen"] is None
    assert await host.arrived() == await home.said()


OTHERWISE: list[tuple[dict[str, Any], str]] = [
    ({"sender": "310000"}, "unknown_sender"),
    ({"receiver": "310000"}, "wrong_addressee"),
    ({"service": "office"}, "wrong_addressee"),
    ({"key": "0123456789abcdef"}, "unknown_key"),
    ({"at": datetime(2025, 1, 1, tzinfo=UTC)}, "key_not_valid_then"),
    ({"at": datetime(2999, 1, 1, tzinfo=UTC)}, "key_not_valid_then"),
    ({"number": 1}, "unreadable"),
]


async def test_what_is_not_said_to_us_by_whom_it_names_is_kept_apart(host: Side, keys: Keys) -> None:
    signer = Signer(keys.seeds[HOME][0])
    said = Envelope(HOME, HOST, "shop", "i", signer.id, datetime.now(UTC), 7, 2, b"", Record(b"seat-s0", (), b"{}"))
    messages = [signer.sign(msgspec.structs.replace(said, **change)) for change, _ in OTHERWISE]
    await host.border.prepare()
    await host.receive([Outgoing(topic="", key=b"", value=value) for value in (*messages, b"", b"\x00")])
    expected = [*(reason for _, reason in OTHERWISE), "unreadable", "unreadable"]
    assert sorted(await host.reasons()) == sorted(f"exchange: {reason}" for reason in expected)
    assert not await host.pool.fetchval("select count(*) from log.envelopes")


async def test_a_changed_byte_is_a_bad_signature(home: Side, host: Side) -> None:
    await home.seats(1)
    await home.send()
    genuine = [each.value for each in home.road]
    changed = [value.replace(b"520000-0", b"520000-1") for value in genuine]
    assert changed != genuine
    await host.border.prepare()
    await host.receive([Outgoing(topic="", key=b"", value=value) for value in changed])
    assert await host.reasons() == ["exchange: bad_signature"]
    assert await host.arrived() == []


async def test_an_event_that_this_code_does_not_know_waits_and_comes_again(
    home: Side, host: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    await home.seats(2)
    with monkeypatch.context() as older:
        older.setattr(toy_dialect, "unpack", unknown)
        await home.send()
        await host.border.prepare()
        await host.receive(home.road)
        assert (await host.standing())["waits"] == "LookupError"
        assert (await host.standing())["in_number"] == 1
    await settle(home, host)
    assert await host.arrived() == await home.said()


def unknown(*_: object) -> None:
    raise LookupError


async def test_a_province_speaks_for_itself_only(home: Side, host: Side, keys: Keys) -> None:
    await home.send()
    signer = Signer(keys.seeds[HOME][0])
    opening = next(each.value for each in home.road)
    headers = (("ce_source", b"/cn/310000/shop"), ("ce_id", b"seat-s0/1/x"), ("ce_type", b"x"))
    series = (await home.standing())["series"]
    said = Envelope(
        HOME, HOST, "shop", "i", signer.id, datetime.now(UTC), series, 2, head_after(b"", opening),
        Record(b"seat-s0", headers, b"{}"),
    )  # fmt: skip
    await host.border.prepare()
    await host.receive([Outgoing(topic="", key=b"", value=value) for value in (opening, signer.sign(said))])
    assert (await host.standing())["waits"] == "speaks_for_another"
    assert await host.arrived() == []


async def test_without_a_key_that_is_valid_now_nothing_is_signed_and_nothing_lost(
    home: Side, host: Side, keys: Keys
) -> None:
    keys.change(HOME, 0, valid_until=datetime(2026, 1, 2, tzinfo=UTC))
    home.restart()
    await home.seats(1)
    with pytest.raises(NoKey):
        await home.sign()
    keys.add(HOME)
    home.restart()
    host.restart()
    await settle(home, host)
    assert await host.arrived() == await home.said()


async def test_what_was_changed_in_the_store_of_envelopes_is_found(home: Side, host: Side) -> None:
    await home.seats(2)
    await settle(home, host)
    owner = await asyncpg.connect(host.owner)
    await owner.execute("alter table log.envelopes disable trigger only_added")
    await owner.execute("update log.envelopes set envelope = envelope || 'x' where number = 2")
    await owner.close()
    found = [(finding.kind, finding.place[-2:]) for finding in await verify(host.pool, (CLASS, SEAT, OUTBOUND))]
    assert found == [("envelope", "/2")]
