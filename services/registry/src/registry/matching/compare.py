"""The comparison itself: exact, by the blind index of the number, the same whatever the order of rows and uploads."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never
from uuid import UUID

from registry.matching.comparison import Comparison, Differs, Missing, Rule, TwoNames
from registry.matching.people import Person, version_of
from registry.matching.sides import Side


class NoCommonKey(Exception):
    """The snapshots' numbers are under different keys of the index: the older ones have to be sent again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Systems contradict each other about one person, in one thing."""

    conflict: str
    """The same in every run for the same person and rule."""
    rule: str
    county: str
    number_indexes: tuple[str, ...]
    sides: tuple[Side, ...]
    said: str
    """Digest of what the systems say: another one is news."""


def compare(comparison: Comparison, snapshots: Mapping[str, Sequence[Person]]) -> tuple[Conflict, ...]:
    """All contradictions, in the order of their ids. `snapshots` has every side. NoCommonKey."""
    version = common_version(snapshots.values())
    sides = {name: {person.index(version): person for person in snapshots[name]} for name in comparison.sides}
    everybody = {index for people in sides.values() for index in people if index is not None}
    conflicts: list[Conflict] = []
    for index in everybody:
        found = {name: people.get(index) for name, people in sides.items()}
        conflicts += (each for rule in comparison.rules if (each := _conflict(comparison, rule, index, found)))
    return tuple(sorted(conflicts, key=lambda each: each.conflict))


def common_version(snapshots: Iterable[Sequence[Person]]) -> int:
    """The oldest version of the index key that every number of every snapshot is under: it stays the same over the
    rotation of the key, as long as it may. NoCommonKey."""
    versions = [{version_of(index) for index in person.indexes} for people in snapshots for person in people]
    common = set.intersection(*versions) if versions else {1}
    if not common:
        raise NoCommonKey
    return min(common)


Found = Mapping[str, Person | None]


def _conflict(comparison: Comparison, rule: Rule, index: str, found: Found) -> Conflict | None:
    sides = tuple(_contradiction(rule, found))
    if not sides:
        return None
    there = [person for name in comparison.sides if (person := found[name])]
    names = _names(rule, found)
    key = hashlib.sha256("\0".join((comparison.id, rule.id, index)).encode()).digest()
    said = "\0".join(f"{side.source}={side.present}={side.value}" for side in sides) + "\0" + names
    return Conflict(
        conflict=str(UUID(bytes=key[:16], version=5)),
        rule=rule.id,
        county=there[0].region,
        number_indexes=there[0].indexes,
        sides=sides,
        said=hashlib.sha256(said.encode()).hexdigest()[:32],
    )


def _contradiction(rule: Rule, found: Found) -> Iterator[Side]:
    match rule:
        case Missing(present=present, absent=absent, where=where):
            person = found[present]
            if person and not found[absent] and where.items() <= person.fields.items():
                yield Side(source=present, present=True, records=person.records)
                yield Side(source=absent, present=False)
        case Differs(field=field, sides=sides):
            said = {name: person for name in sides if (person := found[name]) and field in person.fields}
            if len({person.fields[field] for person in said.values()}) > 1:
                for name, person in said.items():
                    yield Side(source=name, present=True, value=person.fields[field], records=person.records)
        case TwoNames(sides=sides):
            there = {name: person for name in sides if (person := found[name])}
            if len({name for person in there.values() for name in person.names}) > 1:
                yield from (Side(source=s, present=True, records=p.records) for s, p in there.items())
        case _:
            assert_never(rule)


def _names(rule: Rule, found: Found) -> str:
    """Which hashes stand against each other, for the digest only."""
    if not isinstance(rule, TwoNames):
        return ""
    return " ".join(f"{name}:{','.join(person.names)}" for name in rule.sides if (person := found[name]))
