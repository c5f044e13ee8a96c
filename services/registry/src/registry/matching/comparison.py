"""What is compared with what: one TOML file in `comparisons/`, checked when it is loaded."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeAlias

import msgspec

from registry.sources.system import System, systems


class ComparisonInvalid(Exception):
    """A declaration contradicts itself; the text names file and place."""


class Missing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="missing", tag_field="kind"):
    """Somebody is in one system, and so (`where`) should be in the other, and is not."""

    id: str
    zh: str
    en: str
    present: str
    where: dict[str, str] = {}
    absent: str


class Differs(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="differs", tag_field="kind"):
    """Systems that have the person say different things of them."""

    id: str
    zh: str
    en: str
    field: str
    sides: tuple[str, ...]


class TwoNames(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="two-names", tag_field="kind"
):
    """One number stands with two names, in one system or in two."""

    id: str
    zh: str
    en: str
    sides: tuple[str, ...]


Rule: TypeAlias = Missing | Differs | TwoNames


class Comparison(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The newest snapshots of some systems, compared every quarter."""

    id: str
    zh: str
    en: str
    requirement: str
    sides: tuple[str, ...]
    """Systems; a person's county is what the first of them that has the person says."""
    within_working_days: int
    """Of the quarter's start: then the run is due."""
    rules: tuple[Rule, ...]


def load(file: Traversable, known: Mapping[str, System]) -> Comparison:
    """A declaration, checked. ComparisonInvalid."""
    try:
        comparison = msgspec.toml.decode(file.read_text(encoding="utf-8"), type=Comparison)
    except msgspec.DecodeError as error:
        raise ComparisonInvalid(f"{file.name}: {error}") from error
    for problem in _problems(comparison, known):
        raise ComparisonInvalid(f"{file.name}: {problem}")
    return comparison


def sides_of(rule: Rule) -> tuple[str, ...]:
    """The systems that a rule looks at."""
    return (rule.present, rule.absent) if isinstance(rule, Missing) else rule.sides


def _problems(comparison: Comparison, known: Mapping[str, System]) -> Iterator[str]:
    if len({each.id for each in comparison.rules}) != len(comparison.rules):
        yield "two rules have one id"
    yield from (f"there is no snapshot of {each}" for each in comparison.sides if not _snapshots(known.get(each)))
    for rule in comparison.rules:
        yield from (f"{rule.id}: {each} is not compared" for each in sides_of(rule) if each not in comparison.sides)


def _snapshots(system: System | None) -> bool:
    return system is not None and "snapshot" in system.flows


@cache
def comparisons() -> Mapping[str, Comparison]:
    """All that are declared, by id."""
    folder = files("registry.matching") / "comparisons"
    found = [load(each, systems()) for each in folder.iterdir() if each.name.endswith(".toml")]
    return {each.id: each for each in sorted(found, key=lambda each: each.id)}
