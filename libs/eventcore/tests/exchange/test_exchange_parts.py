"""Sealing, the directory of keys, and the judgement of what came, each by itself."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import msgspec
import pytest
from crossing import HOME, HOST, Keys
from eventcore.decider import NOTHING_SEEN
from eventcore.exchange.directory import Directory, DirectoryUnusable, Key, key_id
from eventcore.exchange.envelopes import Corner, Envelope, Opening, Place, Receipt, Record, Signer, head_after
from eventcore.exchange.judging import Arrived, Held, disputed, judge, moves
from eventcore.exchange.keys import SIGNING, NoKey, Ring
from eventcore.exchange.outbound import OUTBOUND, OpenSeries, Outbound, OutboundCommand, SignEnvelope, Unopened
from eventcore.exchange.sealing import NotForUs, new_key, public_half, seal, unseal
from eventcore.settings import Refused, Settings
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

NOW = datetime(2026, 11, 1, tzinfo=UTC)
CORNER = Corner(HOME, "shop", "first")
SIGNER = Signer(bytes(32))


@given(st.binary(max_size=300), st.binary(max_size=40))
def test_what_is_sealed_is_opened_by_its_receiver_for_what_it_is_about(plain: bytes, about: bytes) -> None:
    private, public = new_key()
    assert public == public_half(private)
    sealed = seal(public, plain, about=about)
    assert unseal(private, sealed, about=about) == plain
    for key, text, what in [
        (new_key()[0], sealed, about),
        (private, sealed, about + b"x"),
        (private, sealed[:-1] + bytes([sealed[-1] ^ 1]), about),
        (private, sealed[:20], about),
        (private, b"", about),
    ]:
        with pytest.raises(NotForUs):
            unseal(key, text, about=what)


def test_a_key_signs_within_its_validity_and_never_once_it_is_revoked() -> None:
    key = Key(public=bytes(32), valid_from=NOW, valid_until=NOW + timedelta(days=1))
    assert [key.valid(NOW + timedelta(hours=hours)) for hours in (-1, 0, 23, 24)] == [False, True, True, False]
    assert not msgspec.structs.replace(key, revoked_at=NOW).valid(NOW)


def test_the_directory_is_read_again_and_a_damaged_one_changes_nothing(keys: Keys) -> None:
    directory, file = keys.directory(), keys.folder / "directory.json"
    first = keys.listing[HOME][0].id
    keys.change(HOME, 0, revoked_at=NOW)
    directory.reload()
    assert directory.revoked(HOME) == {first}
    assert directory.is_revoked(HOME)
    assert not directory.is_revoked(HOST)
    file.write_text("{")
    directory.reload()
    assert directory.revoked(HOME) == {first}
    with pytest.raises(DirectoryUnusable):
        Directory(file)
    with pytest.raises(DirectoryUnusable):
        Directory(file.with_name("none.json"))


@pytest.mark.parametrize(
    "key",
    [
        {"public": "AAAA", "valid_from": "2026-01-01T00:00:00Z"},
        {"public": "A" * 43 + "=", "valid_from": "2026-01-01T00:00:00"},
        {"public": "A" * 43 + "=", "valid_from": "2026-01-01T00:00:00Z", "name": "x"},
    ],
)
def test_a_key_that_is_none_makes_the_directory_unusable(tmp_path: Path, key: dict[str, str]) -> None:
    file = tmp_path / "directory.json"
    file.write_text(json.dumps({"provinces": {HOME: {"signing": [key]}}}))
    with pytest.raises(DirectoryUnusable):
        Directory(file)


def test_the_newest_sealing_key_that_is_valid_is_sealed_to(tmp_path: Path) -> None:
    keys = [
        {"public": "A" * 43 + "=", "valid_from": "2026-01-01T00:00:00Z"},
        {"public": "B" * 42 + "A=", "valid_from": "2026-06-01T00:00:00Z"},
        {"public": "C" * 42 + "A=", "valid_from": "2027-01-01T00:00:00Z"},
    ]
    file = tmp_path / "directory.json"
    file.write_text(json.dumps({"provinces": {HOME: {"sealing": keys}}}))
    directory = Directory(file, lambda: NOW)
    assert key_id(directory.sealing_key(HOME) or b"") == key_id(directory.provinces()[HOME].sealing[1].public)
    assert directory.sealing_key(HOST) is None


def test_the_last_of_our_keys_that_the_directory_lists_signs(keys: Keys) -> None:
    ring = Ring(keys.folder / HOME / SIGNING, HOME, keys.directory())
    assert ring.signer(NOW).id == keys.listing[HOME][0].id
    newer = keys.add(HOME)
    ring._directory.reload()
    assert ring.signer(NOW).id == newer.id
    with pytest.raises(NoKey):
        ring.signer(datetime(2025, 1, 1, tzinfo=UTC))


def signed(count: int) -> list[Arrived]:
    """An opening and so many envelopes, as the decider signs them."""
    opening = OpenSeries(
        corner=CORNER, signer=SIGNER, at=NOW, region=HOST, series=7, previous=0, base=Place(), position=0
    )
    outbound: Outbound = Unopened()
    found = []
    commands: list[OutboundCommand] = [opening]
    commands += [SignEnvelope(corner=CORNER, signer=SIGNER, at=NOW, record=record(n), position=n) for n in range(count)]
    for n, command in enumerate(commands, 1):
        (event,) = OUTBOUND.decide(command, outbound, NOTHING_SEEN)
        content = Opening(Place()) if n == 1 else record(n - 2)
        before = getattr(outbound, "head", b"")
        outbound = OUTBOUND.evolve(outbound, event)
        envelope = Envelope(HOME, HOST, "shop", "first", SIGNER.id, NOW, 7, n, before, content)
        found.append(Arrived(envelope, event.signed, 0, n))
    return found


def record(n: int) -> Record:
    return Record(b"key", (("ce_id", str(n).encode()),), b"{}")


SENT = signed(8)


@given(st.lists(st.lists(st.integers(0, len(SENT) - 1), max_size=12), max_size=12))
def test_whatever_comes_in_whatever_order_what_is_stored_has_no_hole(batches: list[list[int]]) -> None:
    at = Place()
    stored: dict[tuple[int, int], bytes] = {}
    for batch in [*batches, range(len(SENT))]:
        judgement = judge(at, [SENT[n] for n in batch], stored)
        assert not judgement.frozen
        for each in judgement.taken:
            at = each.place
            stored[at.at] = at.head
        assert [number for _, number in stored] == list(range(1, len(stored) + 1))
    assert at == SENT[-1].place


def test_other_bytes_under_a_number_that_is_stored_freeze() -> None:
    stored = {each.place.at: each.place.head for each in SENT[:3]}
    other = Arrived(SENT[1].envelope, SENT[1].signed + b"x", 0, 0)
    assert judge(SENT[2].place, [other], stored).frozen == "known_number_other_bytes"


@pytest.mark.parametrize(
    ("base", "waits", "frozen"),
    [
        (Place(), "", ""),
        (SENT[2].place, "", ""),
        (Place(7, 3, b"other"), "", "another_chain"),
        (Place(7, 6, SENT[5].place.head), "base_missing", ""),
    ],
)
def test_a_new_series_goes_on_from_what_both_have(base: Place, waits: str, frozen: str) -> None:
    stored = {each.place.at: each.place.head for each in SENT[:5]}
    opening = Envelope(HOME, HOST, "shop", "first", SIGNER.id, NOW, 8, 1, b"", Opening(base))
    judgement = judge(SENT[4].place, [Arrived(opening, SIGNER.sign(opening), 0, 0)], stored)
    assert (judgement.waits, judgement.frozen) == (waits, frozen)
    assert bool(judgement.taken) is not bool(waits or frozen)


def receipt(place: Place, incarnation: str = "theirs") -> Receipt:
    return Receipt(HOST, HOME, "shop", incarnation, SIGNER.id, NOW, place, False, (0, 0), "first")


def test_a_receipt_counts_when_it_goes_on_or_its_log_was_restored() -> None:
    held = Held(Place(7, 4, b""), "theirs")
    assert moves(held, receipt(Place(7, 5)))
    assert moves(held, receipt(Place(8, 1)))
    assert not moves(held, receipt(Place(7, 3)))
    assert moves(held, receipt(Place(7, 3), "restored"))


def test_a_receipt_of_what_we_never_signed_is_disputed() -> None:
    assert disputed(receipt(Place()), None) is None
    assert disputed(receipt(Place(7, 2, b"h")), b"h") is None
    assert disputed(receipt(Place(7, 2, b"h")), b"g") == "receipt_of_another_chain"
    assert disputed(receipt(Place(7, 2, b"h")), None) == "receipt_of_what_was_not_sent"


def test_the_chain_names_every_byte_before() -> None:
    heads = [each.place.head for each in SENT]
    assert len(set(heads)) == len(SENT)
    assert all(later.envelope.before == head for later, head in zip(SENT[1:], heads, strict=False))
    assert head_after(b"", b"ab") != head_after(b"a", b"b")


@pytest.mark.parametrize(
    ("missing", "env"),
    [
        *(("exchange_directory", "dev"), ("secrets_dir", "dev")),
        *((f"exchange_{each}", "prod") for each in ("ca", "certificate", "key")),
    ],
)
def test_a_service_does_not_start_with_half_an_exchange(keys: Keys, missing: str, env: Literal["dev", "prod"]) -> None:
    settings = Settings(
        env=env,
        region=HOME,
        database_url=SecretStr("postgresql://x"),
        token_issuer="https://identity.example.cn",
        secrets_dir=keys.folder,
        exchange_bootstrap="exchange:9093",
        exchange_ca=keys.folder / "ca.pem",
        exchange_certificate=keys.folder / "exchange.crt",
        exchange_key=keys.folder / "exchange.key",
        exchange_directory=keys.folder / "directory.json",
        exchange_provinces=f"{HOME},{HOST}",
    )
    settings.check()
    assert settings.peers == (HOST,)
    with pytest.raises(Refused):
        settings.model_copy(update={missing: None}).check()
