"""What a claim comes to today: by its evidence, the rules of the fact's day, and the reservation it may need."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias

from subsidy.claims.dossier.state import Dossier, still_arises
from subsidy.claims.endings import (
    CLAIM_BY,
    DECEASED,
    OPENED_BY,
    OPENED_ON,
    RESERVATION,
    ended,
    reservation_input,
    reserved,
)
from subsidy.claims.events import Once
from subsidy.claims.evidence import Evidence, evidence
from subsidy.claims.state import Decision, Opened, Reserving, Room, concern_of
from subsidy.money.payments.payee import Payee
from subsidy.packs.arithmetic import taken
from subsidy.packs.engine import Assessed, Known, Waiting, assess
from subsidy.packs.explanation import Input
from subsidy.packs.pack import PAID, PAYEE_INPUTS, Pack, Rules, paid_inputs
from subsidy.packs.rule_pack import RulePack, first_on
from subsidy.packs.terms import claim_by

RULE_PACK_MISSING: Final = "rule_pack"
SHARED: Final = {"SKILL_UPGRADE": "TRAINING"}
"""Who got the one does not get the other (R-SUB-22)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What the claim takes of what the person gets of its kind, by what it was told that others take; in fen, or in
    months of a kind that is counted in them."""

    person: str
    year: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    names: tuple[str, ...]
    region: str | None = None
    """The county, where it is known."""
    day: date | None = None
    """Of the fact, where it is known."""
    share: Share | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsReservation:
    once: Once
    region: str
    home: str
    share: Share | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsRoom:
    """The rules ask what the person got before, or more is owed than the claim has taken: it needs its turn."""

    person: str
    region: str
    day: date

    @property
    def year(self) -> int:
        return self.day.year


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An outcome. `once`: what it took a reservation for."""

    assessed: Assessed
    payee: Payee
    region: str
    once: Once | None
    rules: Rules
    share: Share | None = None


Finding: TypeAlias = Missing | NeedsReservation | NeedsRoom | Found


def find(claim: Opened, dossier: Dossier, packs: Sequence[RulePack]) -> Finding:
    """`packs`: those that may say something about it, the nearest region's first."""
    found = evidence(concern_of(claim), claim.opened.worker, dossier)
    if not isinstance(found, Evidence):
        return _not_known(claim, dossier, first_on(packs, claim.opened.opened_on), found)
    pack = first_on(packs, found.day)
    if pack is None:
        return _missing((RULE_PACK_MISSING,), found)
    if found.elsewhere is not None and not _keeps_its_room(claim):
        return _found(ended(pack, found.elsewhere), _worker(claim), found, None, pack)
    if found.death is not None and pack.rules.payee == "WORKER" and _may_end(claim.decision):
        return _found(ended(pack, found.death), _worker(claim), found, None, pack)
    window = _window(claim, found, pack)
    if window:
        return _found(ended(pack, *window), _worker(claim), found, None, pack)
    return _by_the_rules(claim, found, pack)


def _window(claim: Opened, found: Evidence, pack: Pack) -> tuple[Input, ...]:
    """When the claim opened, and by when it should have: empty where that was in time."""
    last = claim_by(pack.rules, found.day)
    opened = claim.opened
    if last is None or opened.opened_on <= last:
        return ()
    return (
        Input(name=OPENED_ON, value=opened.opened_on.isoformat(), fact=f"claim-{claim.claim}/1"),
        Input(name=CLAIM_BY, value=last.isoformat(), fact=opened.because),
    )


def _by_the_rules(claim: Opened, found: Evidence, pack: Pack) -> Finding:
    room = _room(claim, found)
    assessed = assess(pack, {**found.known, **_paid(room, pack.rules.kind)})
    if isinstance(assessed, Waiting):
        missing = tuple(name for name in assessed.missing if name not in PAID)
        return _missing(missing, found) if missing else _needs_room(found)
    payee = _payee(assessed, found, claim)
    if payee is None:
        return _missing(("payee",), found)
    share = _share(assessed, room, pack.rules.kind)
    if room and share and share.amount > room.taken and not room.turn:
        return _needs_room(found)
    if not _takes_reservation(pack, assessed):
        return _found(assessed, payee, found, None, pack, share)
    return _with_reservation(claim.reserving, assessed, payee, found, pack, share)


def _needs_room(found: Evidence) -> NeedsRoom:
    return NeedsRoom(person=found.person, region=found.region, day=found.day)


def _room(claim: Opened, found: Evidence) -> Room | None:
    """What the claim was told, if it was of this person and year."""
    room = claim.room
    same = room is not None and (room.person, room.year) == (found.person, found.day.year)
    return room if same else None


def _paid(room: Room | None, kind: str) -> dict[str, Known]:
    if room is None or room.told is None:
        return {}
    told = room.told
    this_year, in_all = (Known(value=each, fact=told.answer) for each in (told.this_year, told.in_all))
    said = dict(zip(PAID, (this_year, in_all, in_all), strict=True))
    return {name: said[name] for name in paid_inputs(kind)}


def _share(assessed: Assessed, room: Room | None, kind: str) -> Share | None:
    """None where the rules do not ask what others take."""
    if room is None or not any(each.name in PAID for each in assessed.explanation.inputs):
        return None
    return Share(person=room.person, year=room.year, amount=_taken(assessed, kind))


def _taken(assessed: Assessed, kind: str) -> int:
    return taken(kind, assessed.amount, assessed.explanation.steps)


def _missing(names: tuple[str, ...], found: Evidence, share: Share | None = None) -> Missing:
    return Missing(names=names, region=found.region, day=found.day, share=share)


def _takes_reservation(pack: Pack, assessed: Assessed) -> bool:
    return assessed.outcome == "APPROVED" and pack.rules.once_per == "OCCUPATION_LEVEL"


def _with_reservation(
    reserving: Reserving | None,
    assessed: Assessed,
    payee: Payee,
    found: Evidence,
    pack: Pack,
    share: Share | None,
) -> Finding:
    pool = SHARED.get(pack.rules.kind, pack.rules.kind)
    once = Once(pool=pool, person=found.person, occupation=found.occupation, level=found.level, day=found.day)
    if reserving is None or (reserving.once, reserving.home) != (once, found.home):
        return NeedsReservation(once=once, region=found.region, home=found.home, share=share)
    if reserving.answer is None:
        return _missing((RESERVATION,), found, share)
    outcome = reserved(assessed, reservation_input(reserving.answer))
    return _found(outcome, payee, found, once, pack, share and replace(share, amount=_taken(outcome, pack.rules.kind)))


def _found(
    assessed: Assessed, payee: Payee, found: Evidence, once: Once | None, pack: Pack, share: Share | None = None
) -> Found:
    return Found(assessed=assessed, payee=payee, region=found.region, once=once, rules=pack.rules, share=share)


def _payee(assessed: Assessed, found: Evidence, claim: Opened) -> Payee | None:
    """None: nobody knows yet. Of what is refused nobody has to know."""
    match assessed.payee:
        case "WORKER":
            return _worker(claim)
        case "INSTITUTION" | "EMPLOYER":
            known = found.known.get(PAYEE_INPUTS[assessed.payee])
            code = str(known.value) if known else None
        case "BODY":
            code = found.body
        case _:
            code = None
    if code is None and assessed.outcome == "REFUSED":
        return _worker(claim)
    return Payee(kind="ORGANISATION", id=code) if code else None


def _worker(claim: Opened) -> Payee:
    return Payee(kind="WORKER", id=claim.opened.worker)


def _keeps_its_room(claim: Opened) -> bool:
    """What was granted out of the person's allowance stays: the claim that counts in its place is told of it."""
    return claim.room is not None and claim.decision is not None and claim.decision.made.amount > 0


def _not_known(claim: Opened, dossier: Dossier, pack: Pack | None, names: tuple[str, ...]) -> Finding:
    """Not yet; or not any more, where what opened the claim turned out to be another person's."""
    if pack is None or still_arises(concern_of(claim), claim.opened.worker, dossier):
        return Missing(names=names)
    opened_by = Input(name=OPENED_BY, value=claim.opened.about, fact=claim.opened.because)
    outcome, payee = ended(pack, opened_by), _worker(claim)
    return Found(assessed=outcome, payee=payee, region=claim.region, once=None, rules=pack.rules)


def _may_end(decision: Decision | None) -> bool:
    """A death ends what was not decided yet; what the worker was owed before stays."""
    return decision is None or DECEASED in decision.made.explanation.reasons
