"""The rules of a shelf: a claim stays until rules of its place and day are published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias, assert_never

from contracts.region import bounds
from eventcore import Decider, Seen

from subsidy.claims.shelves.events import ClaimShelved, ClaimsTakenDown, ShelfEvent, Shelved
from subsidy.packs.pack import name_of

MOST: Final = 200
"""Claims of one event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelve:
    claim: Shelved


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDown:
    """Rules were published."""

    region: str
    valid_from: date
    valid_to: date | None
    cause: str


ShelfCommand: TypeAlias = Shelve | TakeDown


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    claims: tuple[Shelved, ...] = ()


def shelf_key(region: str, kind: str) -> str:
    """Of the region's province."""
    return name_of(f"{region[:2]}0000", kind)


def decide(command: ShelfCommand, shelf: Shelf, seen: Seen) -> Sequence[ShelfEvent]:
    match command:
        case Shelve(claim=claim):
            return [] if claim in shelf.claims else [ClaimShelved(claim=claim)]
        case TakeDown():
            found = [each for each in shelf.claims if _concerned(command, each)]
            return [
                ClaimsTakenDown(claims=tuple(found[n : n + MOST]), cause=command.cause)
                for n in range(0, len(found), MOST)
            ]
        case _:
            assert_never(command)


def _concerned(command: TakeDown, claim: Shelved) -> bool:
    first, last = bounds(command.region)
    begun = command.valid_from <= claim.fact_on
    return begun and first <= claim.region <= last and (command.valid_to is None or claim.fact_on < command.valid_to)


def evolve(shelf: Shelf, event: ShelfEvent) -> Shelf:
    match event:
        case ClaimShelved(claim=claim):
            return Shelf(claims=(*shelf.claims, claim))
        case ClaimsTakenDown(claims=claims):
            gone = frozenset(claims)
            return Shelf(claims=tuple(each for each in shelf.claims if each not in gone))
        case _:
            assert_never(event)


SHELF: Final[Decider[ShelfCommand, ShelfEvent, Shelf]] = Decider(
    category="shelf", initial=Shelf(), decide=decide, evolve=evolve, events=ShelfEvent
)
