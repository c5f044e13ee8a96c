"""A snapshot: everybody whom a system has, as little of them as a comparison needs.

Nobody is named: numbers are keyed blind indexes, names are keyed hashes, the rest are codes. What a system calls the
record (`records`) leads its operator to the person, there.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
from contracts import region

from registry.sources.reading import Record
from registry.sources.system import Compared, System
from registry.sources.values import same_name
from registry.vault import NumberIndex

MOST_RECORDS: Final = 3


class Person(msgspec.Struct, frozen=True, array_like=True):
    """One person in one system, whatever the number of rows there."""

    indexes: tuple[str, ...]
    """Blind indexes of the number, by every key in use."""
    names: tuple[str, ...]
    """Keyed hashes of the names that stand with the number."""
    region: str
    fields: dict[str, str]
    records: tuple[str, ...]

    def index(self, version: int) -> str | None:
        """The blind index of this version of the key."""
        return next((each for each in self.indexes if version_of(each) == version), None)


def version_of(index: str) -> int:
    """`2.…` is of version 2 of the key."""
    return int(index.partition(".")[0])


@dataclass(frozen=True, slots=True)
class NameHash:
    """HMAC-SHA256 of a name as `same_name` sees it, with a key that nothing else uses."""

    key: bytes = field(repr=False)

    @classmethod
    def from_secret(cls, key: bytes) -> "NameHash":
        """Derived from a secret of the service that is never rotated with the index of numbers."""
        return cls(hmac.digest(key, b"name of a compared person", "sha256"))

    def of(self, name: str) -> str:
        digest = hmac.digest(self.key, same_name(name).encode(), "sha256")
        return urlsafe_b64encode(digest[:12]).decode()


def people_of(
    system: System, records: Iterable[Record], numbers: NumberIndex, names: NameHash, province: str
) -> tuple[tuple[Person, ...], int]:
    """The people of this province, by index, and how many rows are about others. The order of rows does not matter."""
    compared = system.compared
    if compared is None:
        raise ValueError(f"{system.id} is not compared")
    found: dict[str, Person] = {}
    elsewhere = 0
    for record in records:
        if not _is_ours(record, compared, province):
            elsewhere += 1
            continue
        person = _person(record, compared, numbers, names)
        key = person.indexes[0]
        found[key] = _merged(found[key], person, compared) if key in found else person
    return tuple(_completed(found[key], compared) for key in sorted(found)), elsewhere


def digest(people: Sequence[Person]) -> str:
    """The same for the same people, in whatever order their rows came."""
    return hashlib.sha256(msgspec.json.encode(people)).hexdigest()


def _is_ours(record: Record, compared: Compared, province: str) -> bool:
    return region.province_of(record.values[compared.region]) == province


def _person(record: Record, compared: Compared, numbers: NumberIndex, names: NameHash) -> Person:
    values, number = record.values, record.values["number"]
    shown = values.get(compared.record or "", "")
    return Person(
        indexes=numbers.all_of(number),
        names=(names.of(values["name"]),),
        region=values[compared.region],
        fields={name: values[name] for name in (*compared.fields, *compared.kept) if name in values},
        records=(shown,) if shown and number not in shown.upper() else (),
    )


def _merged(one: Person, other: Person, compared: Compared) -> Person:
    """Both rows are about one number. What counts does not depend on which row came first."""
    order: Mapping[str, Callable[[str], Any]] = {name: values.index for name, values in compared.fields.items()}
    fields = {
        name: min((each.fields[name] for each in (one, other) if name in each.fields), key=order.get(name, str))
        for name in one.fields.keys() | other.fields.keys()
    }
    return Person(
        indexes=one.indexes,
        names=tuple(sorted({*one.names, *other.names})),
        region=min(one.region, other.region),
        fields=fields,
        records=tuple(sorted({*one.records, *other.records})),
    )


def _completed(person: Person, compared: Compared) -> Person:
    derived = {
        name: each.values[person.fields[each.of]] for name, each in compared.derived.items() if each.of in person.fields
    }
    fields = {**person.fields, **derived, **compared.constants}
    return msgspec.structs.replace(person, fields=fields, records=person.records[:MOST_RECORDS])
