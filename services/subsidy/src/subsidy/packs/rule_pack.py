"""The stream of a rule pack: published, never changed, only followed by another version (R-SUB-20, R-SUB-30).

The first version may hold from a day in the past, where no pack of a wider region has decided such claims either.
Every other one is published before its first day: by the rules of a day everybody is decided alike, whenever it is
decided.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from eventcore import Decider, Read, Seen

from subsidy.packs.events import PackEvent, PackPublished
from subsidy.packs.pack import Pack, name_of, rules_of
from subsidy.packs.refusals import PackBackdated


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishPack:
    """`text` is canonical, and was checked as `reading.read_rules` does."""

    name: str
    text: str
    digest: str
    region: str
    kind: str
    valid_from: date
    valid_to: date | None
    officer: str
    organisation: str
    today: date


PackCommand: TypeAlias = PublishPack


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePack:
    """All versions, the oldest first. Empty: there is no such pack."""

    versions: tuple[PackPublished, ...] = ()


def decide(command: PackCommand, found: RulePack, seen: Seen) -> Sequence[PackEvent]:
    if found.versions and found.versions[-1].digest == command.digest:
        return []
    may_have_decided = (found, *(seen.state(RULE_PACK, name) for name in _wider(command)))
    if command.valid_from <= command.today and any(each.versions for each in may_have_decided):
        raise PackBackdated
    return [
        PackPublished(
            name=command.name,
            version=len(found.versions) + 1,
            text=command.text,
            digest=command.digest,
            region=command.region,
            kind=command.kind,
            valid_from=command.valid_from,
            valid_to=command.valid_to,
            published_on=command.today,
            officer=command.officer,
            organisation=command.organisation,
        )
    ]


def _wider(command: PackCommand) -> Sequence[str]:
    return names_for(command.kind, command.region)[1:]


def reads(command: PackCommand) -> Iterable[Read]:
    return (Read(RULE_PACK, name) for name in _wider(command))


def evolve(found: RulePack, event: PackEvent) -> RulePack:
    return RulePack(versions=(*found.versions, event))


def names_for(kind: str, region: str) -> tuple[str, ...]:
    """Keys of the packs that may say something about this kind of claims there: of the county, the prefecture and the
    province, the nearest first."""
    codes = (region, f"{region[:4]}00", f"{region[:2]}0000")
    return tuple(dict.fromkeys(name_of(code, kind) for code in codes))


def first_on(nearest_first: Iterable[RulePack], day: date) -> Pack | None:
    """The nearest pack that holds on the day: what a claim of the day is decided by."""
    return next((pack for each in nearest_first if (pack := pack_on(each, day)) is not None), None)


def pack_on(found: RulePack, day: date) -> Pack | None:
    """The version that holds on the day: the newest that had begun, if it is not over."""
    begun = [each for each in found.versions if each.valid_from <= day]
    if not begun or (begun[-1].valid_to is not None and begun[-1].valid_to <= day):
        return None
    return pack_of(begun[-1])


def version_of(found: RulePack, version: int) -> Pack | None:
    """That version, whether it holds or not: what an earlier decision names."""
    return pack_of(found.versions[version - 1]) if 0 < version <= len(found.versions) else None


def pack_of(published: PackPublished) -> Pack:
    return Pack(published.version, rules_of(published.text))


RULE_PACK: Final[Decider[PackCommand, PackEvent, RulePack]] = Decider(
    category="rule-pack",
    initial=RulePack(),
    decide=decide,
    evolve=evolve,
    events=PackEvent,
    reads=reads,
)
