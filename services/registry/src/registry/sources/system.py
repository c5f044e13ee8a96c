"""What is declared of a source system: one TOML file in `systems/`, checked when it is loaded."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, Literal, TypeAlias

import msgspec

from registry.profiles.profile import rs_fields

Flow: TypeAlias = Literal["import", "export", "snapshot"]
Kind: TypeAlias = Literal["text", "number", "name", "phone", "region", "date", "code", "codes", "integer"]
ILLUSTRATIVE: Final = "illustrative"
"""Basis of what no published source gives: to be replaced by what the system's operator says."""


class SystemInvalid(Exception):
    """A declaration contradicts itself; the text names file and place."""


class Column(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A column of a table, or a member of a message's records."""

    field: str
    """Our name of it."""
    names: tuple[str, ...]
    """Theirs; the first is what we write."""
    kind: Kind = "text"
    required: bool = False
    values: dict[str, str] = {}
    """Their value -> ours, for `code` and `codes`; the first of several for one of ours is what we write."""
    most: int = 120
    basis: str = ILLUSTRATIVE
    """Requirement or published list that names this column."""


class Check(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A field that must be there where others have these values."""

    field: str
    when: dict[str, str]
    code: str = "field_missing"


class Message(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A JSON document with fixed members and one list of records."""

    rows: str
    fixed: dict[str, str] = {}
    basis: str = ILLUSTRATIVE


class Derived(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A compared field that follows from another one."""

    of: str
    values: dict[str, str]


class Compared(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a snapshot keeps of a row beside the blind index and the keyed hash of the name."""

    fields: dict[str, tuple[str, ...]]
    """Compared field -> its values; of a person's several rows the one that comes first here counts."""
    kept: tuple[str, ...] = ()
    """Fields that a ledger shows as they stand, such as the institution; nothing of a person."""
    constants: dict[str, str] = {}
    """What being in this system already says."""
    derived: dict[str, Derived] = {}
    record: str | None = None
    """The field with the system's own number of the record, by which its operator finds the person there."""
    region: str = "household_region"


class System(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A named information system that feeds or reads the registry."""

    id: str
    zh: str
    en: str
    requirement: str
    flows: tuple[Flow, ...]
    columns: tuple[Column, ...] = ()
    checks: tuple[Check, ...] = ()
    message: Message | None = None
    """None: a table (CSV or a workbook)."""
    compared: Compared | None = None
    note: str = ""
    own: bool = False
    """Its snapshots are made from our own records; there are no files of it."""

    def column(self, field: str) -> Column:
        """KeyError where there is none."""
        return next(iter(each for each in self.columns if each.field == field))


def load(file: Traversable) -> System:
    """A declaration, checked. SystemInvalid."""
    try:
        system = msgspec.toml.decode(file.read_text(encoding="utf-8"), type=System)
    except msgspec.DecodeError as error:
        raise SystemInvalid(f"{file.name}: {error}") from error
    for problem in _problems(system):
        raise SystemInvalid(f"{file.name}: {problem}")
    return system


def _problems(system: System) -> Iterator[str]:
    fields = [each.field for each in system.columns]
    names = [name for each in system.columns for name in each.names]
    if len(set(fields)) != len(fields) or len(set(names)) != len(names):
        yield "a field or a column's name comes twice"
    for column in system.columns:
        if not column.names or (column.kind in ("code", "codes")) != bool(column.values):
            yield f"{column.field}: has no name, or is a code without values, or has values and is none"
    for check in system.checks:
        yield from _unknown((check.field, *check.when), fields, "check")
    if system.compared:
        yield from _compared(system, system.compared, fields)


def _compared(system: System, compared: Compared, fields: list[str]) -> Iterator[str]:
    record = (compared.record,) if compared.record else ()
    named = ("number", "name", compared.region, *compared.fields, *compared.kept, *record)
    yield from _unknown(named, fields, "compared")
    for field, order in compared.fields.items():
        if field in fields and set(system.column(field).values.values()) != set(order):
            yield f"compared: the order of {field} does not name each of its values"
    for field, derived in compared.derived.items():
        if set(compared.fields.get(derived.of, ())) != set(derived.values):
            yield f"compared: {field} does not follow from every value of {derived.of}"


def _unknown(named: Iterable[str], fields: list[str], where: str) -> Iterator[str]:
    yield from (f"{where}: there is no column {each}" for each in named if each not in fields)


@cache
def systems() -> Mapping[str, System]:
    """All that are declared, by id."""
    found = [load(each) for each in (files("registry.sources") / "systems").iterdir() if each.name.endswith(".toml")]
    return {each.id: each for each in sorted(found, key=lambda each: each.id)}


def names_of(column: Column) -> tuple[str, ...]:
    """Every header by which a column is known: its own names, and the code of its field in the human-resources
    systems."""
    there = rs_fields().get(column.field)
    return (*column.names, *([there.code] if there else ()), column.field)
