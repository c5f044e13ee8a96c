"""The rules of a reservation: of all claims for the same person, occupation concept and level one holds it (R-SUB-22).

Guards under every name of the occupation make it true; the stream says who waits for it. Until the holder's claim is
decided, who comes first by the day of the fact comes first, so that the order in which facts arrive changes nothing.
Claims of other provinces stand in the same line; what one of them holds it keeps until its province gives it back,
however long that takes: nobody here knows what it has paid since.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias, assert_never

from contracts.errors import InvalidOccupation
from contracts.occupation import OccupationKey, equivalents
from eventcore import Decider, Effect, Read, Release, Seen, Take
from eventcore.ids import same_id

from subsidy.claims.dossier.dossier import DOSSIER
from subsidy.claims.events import Once
from subsidy.claims.reservations.elsewhere import asker_of
from subsidy.claims.reservations.events import (
    Asker,
    ReservationContested,
    ReservationEvent,
    ReservationGranted,
    ReservationRecovered,
    ReservationRefused,
    ReservationReleased,
    ReservationRequested,
    What,
)
from subsidy.provinces import province

GUARD: Final = "occupation-level"
FIRST: Final = ("TRAINING", "SKILL_UPGRADE")
"""Of claims of one day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    what: What
    asker: Asker
    occupations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBack:
    """`stays`: the claim yields and goes back into the line. `province`: the one that the claim is of; None:
    home. `ask`: which of its asks; None: the one that it has."""

    what: What
    province: str | None
    claim: str
    ask: int | None
    stays: bool
    occupations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recover:
    """The claim of another province says that it holds it. `is_restored`: this log may have lost that it said so."""

    what: What
    holder: Asker
    is_restored: bool
    occupations: tuple[str, ...]


ReservationCommand: TypeAlias = Ask | GiveBack | Recover


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """Who is in line, the holder among them, and the names that the holder's guards are under."""

    line: tuple[Asker, ...] = ()
    holder: Asker | None = None
    occupations: tuple[str, ...] = ()


def names(occupation: str, day: date) -> tuple[str, ...]:
    """Every name of the occupation by the crosswalk as it stands on that day; its own where this edition is unknown."""
    try:
        key = OccupationKey.parse(occupation)
    except InvalidOccupation:
        return (occupation,)
    return tuple(str(each) for each in equivalents(key, day))


def reservation_key(once: Once, day: date) -> str:
    return same_id("reservation", once.pool, once.person, names(once.occupation, day)[0], once.level)


def what_of(once: Once) -> What:
    return What(pool=once.pool, person=once.person, level=once.level)


def rank(asker: Asker) -> tuple[date, int, str]:
    """Who comes first."""
    return asker.day, FIRST.index(asker.kind) if asker.kind in FIRST else len(FIRST), asker.claim


def decide(command: ReservationCommand, found: Reservation, seen: Seen) -> Sequence[ReservationEvent]:
    match command:
        case Ask():
            return _ask(command, found, seen)
        case GiveBack():
            return _give_back(command, found, seen)
        case Recover():
            return _recover(command, found, seen)
        case _:
            assert_never(command)


def _ask(command: Ask, found: Reservation, seen: Seen) -> Sequence[ReservationEvent]:
    asker = command.asker
    if any(_is_of(each, _elsewhere(asker), asker.claim, asker.ask) for each in found.line):
        return []
    asked = ReservationRequested(what=command.what, asker=asker)
    if found.holder is None:
        return [asked, *_granted(command, [asker], _held_elsewhere(command, found, seen))]
    answers: list[ReservationEvent] = [asked, _refused(command, asker, found.holder.region, found.holder.claim)]
    if rank(asker) < rank(found.holder) and not found.holder.is_elsewhere:
        contested = ReservationContested(what=command.what, holder=found.holder, asker=asker)
        answers.append(contested)
    return answers


def _give_back(command: GiveBack, found: Reservation, seen: Seen) -> Sequence[ReservationEvent]:
    given = (each for each in found.line if _is_of(each, command.province, command.claim, command.ask))
    asker = next(given, None)
    if asker is None or (command.stays and asker != found.holder):
        return []
    released = ReservationReleased(what=command.what, asker=asker, stays=command.stays)
    if asker != found.holder:
        return [released]
    waiting = [each for each in found.line if each != asker or command.stays]
    return [released, *_granted(command, waiting, _held_elsewhere(command, found, seen))]


def _recover(command: Recover, found: Reservation, seen: Seen) -> Sequence[ReservationEvent]:
    """Holders say so of every grant; a restored log takes their word. Whom it takes for the holder had given it back
    before: a claim of home is told; one elsewhere knows, and its word is under way."""
    holder, before = command.holder, found.holder
    if not command.is_restored or holder == before or not _asks_still(command, seen):
        return []
    if _held_elsewhere(command, found, seen):
        return []
    recovered = ReservationRecovered(what=command.what, holder=holder, occupations=command.occupations)
    if before is None:
        return [recovered]
    released = ReservationReleased(what=command.what, asker=before, stays=True)
    told = [] if before.is_elsewhere else [_refused(command, before, holder.region, holder.claim)]
    return [released, recovered, *told]


def _asks_still(command: Recover, seen: Seen) -> bool:
    """It has not given it back, nor is the worker another person."""
    holder = command.holder
    placed = seen.state(DOSSIER, holder.worker).placed.get((province(holder.region), holder.claim))
    return placed is not None and (asker_of(placed), placed.person) == (holder, command.what.person)


def _elsewhere(asker: Asker) -> str | None:
    """The other province that the claim is of; None: home."""
    return province(asker.region) if asker.is_elsewhere else None


def _is_of(asker: Asker, of: str | None, claim: str, ask: int | None) -> bool:
    return (_elsewhere(asker), asker.claim) == (of, claim) and ask in (None, asker.ask)


def _held_elsewhere(command: ReservationCommand, found: Reservation, seen: Seen) -> str | None:
    """Who holds a name of it that another stream has given: the crosswalk has joined them since."""
    own = None if found.holder is None else _guarded(found.holder)
    holders = (seen.holder(GUARD, _key(command.what, each)) for each in command.occupations)
    return next((each for each in holders if each not in (None, own)), None)


def _granted(
    command: ReservationCommand, waiting: Sequence[Asker], elsewhere: str | None
) -> Iterable[ReservationEvent]:
    """The first in line has it; the others are told by whom it is held."""
    line = sorted(waiting, key=rank)
    if elsewhere is not None:
        region, _, claim = elsewhere.partition("/")
    elif line:
        first = line.pop(0)
        region, claim = first.region, first.claim
        yield ReservationGranted(what=command.what, holder=first, occupations=command.occupations)
    for each in line:
        yield _refused(command, each, region, claim)


def _refused(command: ReservationCommand, asker: Asker, region: str, claim: str) -> ReservationRefused:
    return ReservationRefused(what=command.what, asker=asker, holder_region=region, holder=claim)


def evolve(found: Reservation, event: ReservationEvent) -> Reservation:
    match event:
        case ReservationRequested():
            return replace(found, line=(*found.line, event.asker))
        case ReservationGranted():
            return replace(found, holder=event.holder, occupations=event.occupations)
        case ReservationRecovered():
            line = tuple(each for each in found.line if each != event.holder)
            return Reservation(line=(*line, event.holder), holder=event.holder, occupations=event.occupations)
        case ReservationReleased():
            line = tuple(each for each in found.line if each != event.asker or event.stays)
            if found.holder == event.asker:
                return Reservation(line=line)
            return replace(found, line=line)
        case ReservationRefused() | ReservationContested():
            return found
        case _:
            assert_never(event)


def _key(what: What, occupation: str) -> str:
    return f"{what.pool}/{what.person}/{occupation}/{what.level}"


def _guarded(holder: Asker) -> str:
    """A guard's holder names region and claim."""
    return f"{holder.region}/{holder.claim}"


def reads(command: ReservationCommand) -> Iterable[Read]:
    if isinstance(command, Recover):
        yield Read(DOSSIER, command.holder.worker)
    for each in command.occupations:
        yield Read(guard=(GUARD, _key(command.what, each)))


def effects(found: Reservation, event: ReservationEvent) -> Iterable[Effect]:
    match event:
        case ReservationGranted() | ReservationRecovered():
            for each in event.occupations:
                yield Take(GUARD, _key(event.what, each), _guarded(event.holder))
        case ReservationReleased() if found.holder == event.asker:
            for each in found.occupations:
                yield Release(GUARD, _key(event.what, each))
        case _:
            pass


RESERVATION: Final[Decider[ReservationCommand, ReservationEvent, Reservation]] = Decider(
    category="reservation",
    initial=Reservation(),
    decide=decide,
    evolve=evolve,
    events=ReservationEvent,
    reads=reads,
    effects=effects,
)
