"""Events to stored bytes and back.

The codec of a kind of stream is built from the union of its events: each class carries `type` (the stored name, for
ever), and, once its shape has changed, `schema_version` and the `upcasters` that lead an old shape to the present one.
Personal fields are sealed on the way in; on the way out they stay sealed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Annotated, Any, Final, Protocol, get_args, get_origin, get_type_hints

import msgspec

from eventcore.facts import Fact
from eventcore.privacy import _Sealed, _Subject

MAX_EVENT: Final = 262_144
"""Bytes; the log has the same bound."""

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]


class UnknownEvent(Exception):
    """The log holds an event that this code does not know."""


class EventTooLarge(Exception):
    """An event is larger than 256 KiB."""


class Sealer(Protocol):
    """Seals fields with the key of a person; the key is there before the event is appended."""

    async def prepare(self, subjects: frozenset[str]) -> None:
        """Makes sure that every subject has a key that is committed."""

    def sealing(self, subject: str) -> Callable[[str, str], str]:
        """(place, plain text) -> sealed text; the place, event id and field, is bound into it."""


class Stored(msgspec.Struct, frozen=True):
    """An event as the log keeps it."""

    type: str
    schema_version: int
    data: bytes


@dataclass(frozen=True, slots=True)
class _Kind:
    cls: type
    type: str
    version: int
    upcasters: Mapping[int, Upcaster]
    personal: tuple[str, ...]
    subject: str | None
    decode: Callable[[bytes], Any]
    decode_fact: Callable[[bytes], Fact[Any]]


_decode_undecoded: Final = msgspec.json.Decoder(Fact[msgspec.Raw]).decode


class Codec:
    """Encodes and decodes the events of one union."""

    def __init__(self, union: object) -> None:
        classes = get_args(union) or (union,)
        self.kinds = {cls: _kind(cls) for cls in classes}
        self._by_type = {kind.type: kind for kind in self.kinds.values()}
        if len(self._by_type) != len(self.kinds):
            raise TypeError(f"two events share a type name in {union}")

    @property
    def fingerprint(self) -> str:
        """Names and versions of all events: changes where a stored shape changes."""
        return ",".join(sorted(f"{kind.type}.v{kind.version}" for kind in self.kinds.values()))

    def types(self) -> frozenset[str]:
        """The stored names."""
        return frozenset(self._by_type)

    def subject_of(self, event: object) -> str | None:
        """The person whose key seals this event's personal fields; None where it has none."""
        kind = self.kinds[type(event)]
        return getattr(event, kind.subject) if kind.personal and kind.subject else None

    def encode(self, event: object, event_id: str, sealer: Sealer | None = None) -> Stored:
        """The bytes to store. Personal fields need a sealer: without one this is a TypeError, never plain text."""
        kind = self.kinds[type(event)]
        data = msgspec.json.encode(_sealed(kind, event, event_id, sealer) if kind.personal else event)
        if len(data) > MAX_EVENT:
            raise EventTooLarge
        return Stored(kind.type, kind.version, data)

    def decode(self, type_name: str, schema_version: int, data: bytes) -> Any:
        """The event of the union, in its present shape. UnknownEvent where the name or version is not known, msgspec's
        ValidationError or DecodeError where the bytes do not fit."""
        kind = self._by_type.get(type_name)
        if kind is None:
            raise UnknownEvent(type_name)
        if schema_version == kind.version:
            return kind.decode(data)
        return msgspec.convert(_upcast(kind, schema_version, msgspec.json.decode(data)), kind.cls)

    def decode_fact(self, type_name: str, schema_version: int, text: bytes) -> Fact[Any]:
        """A fact whose JSON holds the event as it is stored, in one go. Errors as those of `decode`."""
        kind = self._by_type.get(type_name)
        if kind and kind.version == schema_version:
            return kind.decode_fact(text)
        fact = _decode_undecoded(text)
        return msgspec.structs.replace(fact, event=self.decode(type_name, schema_version, bytes(fact.event)))


@cache
def _kind(cls: Any) -> _Kind:
    if not getattr(getattr(cls, "__dataclass_params__", None), "frozen", False):
        raise TypeError(f"{cls.__name__} is not a frozen dataclass")
    hints = get_type_hints(cls, include_extras=True)
    personal = tuple(field.name for field in fields(cls) if _marked(hints[field.name], _Sealed))
    subject = next((field.name for field in fields(cls) if _marked(hints[field.name], _Subject)), None)
    if personal and subject is None:
        raise TypeError(f"{cls.__name__} has personal fields and no Subject")
    version = getattr(cls, "schema_version", 1)
    upcasters: Mapping[int, Upcaster] = getattr(cls, "upcasters", {})
    if set(upcasters) != set(range(1, version)):
        raise TypeError(f"{cls.__name__} needs an upcaster from every earlier version")
    decode, decode_fact = msgspec.json.Decoder(cls).decode, msgspec.json.Decoder(Fact[cls]).decode
    return _Kind(cls, cls.type, version, upcasters, personal, subject, decode, decode_fact)


def _marked(hint: object, marker: type) -> bool:
    if get_origin(hint) is Annotated:
        return marker in get_args(hint)[1:]
    return any(_marked(part, marker) for part in get_args(hint))


def _sealed(kind: _Kind, event: Any, event_id: str, sealer: Sealer | None) -> object:
    if sealer is None or kind.subject is None:
        raise TypeError(f"{kind.type} has personal fields and there is no vault")
    subject: str = getattr(event, kind.subject)
    seal = sealer.sealing(subject)
    shape: dict[str, Any] = msgspec.to_builtins(event)
    for name in kind.personal:
        if shape[name] is not None:
            shape[name] = seal(f"{event_id}/{name}", shape[name])
    return shape


def _upcast(kind: _Kind, version: int, shape: dict[str, Any]) -> dict[str, Any]:
    if not 1 <= version < kind.version:
        raise UnknownEvent(f"{kind.type}.v{version}")
    for step in range(version, kind.version):
        shape = kind.upcasters[step](shape)
    return shape
