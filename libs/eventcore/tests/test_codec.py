"""Events to bytes and back: names and versions are explicit, old shapes are led to the present one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

import msgspec
import pytest
from eventcore import Fact, Meta, Personal, Subject
from eventcore.codec import Codec, EventTooLarge, UnknownEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    type: ClassVar[str] = "moved"
    schema_version: ClassVar[int] = 3
    upcasters: ClassVar[dict[int, Any]] = {
        1: lambda old: {"to": old["place"]},
        2: lambda old: {"to": old["to"], "on_foot": False},
    }
    to: str
    on_foot: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    type: ClassVar[str] = "named"
    person: Subject[str]
    name: Personal[str]
    phone: Personal[str | None] = None


class Reversing:
    """Seals by turning the text round, and tells the place."""

    async def prepare(self, subjects: frozenset[str]) -> None:
        pass

    def sealing(self, subject: str) -> Callable[[str, str], str]:
        return lambda place, plain: f"{subject}|{place}|{plain[::-1]}"


def test_an_event_comes_back_as_it_was() -> None:
    codec = Codec(Moved)
    stored = codec.encode(Moved(to="Guangzhou", on_foot=True), "m-1/1")
    assert (stored.type, stored.schema_version) == ("moved", 3)
    assert codec.decode("moved", 3, stored.data) == Moved(to="Guangzhou", on_foot=True)


@pytest.mark.parametrize(("version", "data"), [(1, b'{"place":"A"}'), (2, b'{"to":"A"}')])
def test_an_old_shape_is_led_to_the_present_one(version: int, data: bytes) -> None:
    assert Codec(Moved).decode("moved", version, data) == Moved(to="A", on_foot=False)


@pytest.mark.parametrize(("version", "data"), [(2, b'{"to":"A"}'), (3, b'{"to":"A","on_foot":false}')])
def test_a_fact_is_decoded_with_its_event_in_its_present_shape(version: int, data: bytes) -> None:
    at = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    wanted = Fact(
        event=Moved(to="A", on_foot=False), id="m-1/1", stream="m-1", version=1, position=7,
        occurred_at=at, recorded_at=at, meta=Meta(actor="li"),
    )  # fmt: skip
    text = msgspec.json.encode({**msgspec.structs.asdict(wanted), "event": msgspec.Raw(data)})
    assert Codec(Moved).decode_fact("moved", version, text) == wanted


@pytest.mark.parametrize(("name", "version"), [("gone", 1), ("moved", 4), ("moved", 0)])
def test_what_is_not_known_is_not_guessed(name: str, version: int) -> None:
    with pytest.raises(UnknownEvent):
        Codec(Moved).decode(name, version, b"{}")


def test_bytes_that_do_not_fit_are_an_error() -> None:
    with pytest.raises(msgspec.ValidationError):
        Codec(Moved).decode("moved", 3, b'{"to":1,"on_foot":true}')


def test_personal_fields_are_sealed_for_their_person_and_place_and_stay_sealed() -> None:
    codec = Codec(Named)
    stored = codec.encode(Named(person="p1", name="abc"), "n-1/7", Reversing())
    assert stored.data == b'{"person":"p1","name":"p1|n-1/7/name|cba","phone":null}'
    assert codec.decode("named", 1, stored.data) == Named(person="p1", name="p1|n-1/7/name|cba")
    assert codec.subject_of(Named(person="p1", name="x")) == "p1"


def test_personal_fields_are_never_stored_without_a_vault() -> None:
    with pytest.raises(TypeError, match="vault"):
        Codec(Named).encode(Named(person="p1", name="abc"), "n-1/1")


def test_an_event_has_a_bound() -> None:
    with pytest.raises(EventTooLarge):
        Codec(Moved).encode(Moved(to="x" * 300_000, on_foot=False), "m-1/1")


def test_personal_fields_need_a_subject_and_old_versions_an_upcaster() -> None:
    @dataclass(frozen=True)
    class Nobody:
        type: ClassVar[str] = "nobody"
        name: Personal[str]

    @dataclass(frozen=True)
    class Forgotten:
        type: ClassVar[str] = "forgotten"
        schema_version: ClassVar[int] = 2

    for wrong in (Nobody, Forgotten):
        with pytest.raises(TypeError):
            Codec(wrong)


def test_the_fingerprint_changes_with_a_shape() -> None:
    assert Codec(Moved | Named).fingerprint == "moved.v3,named.v1"
