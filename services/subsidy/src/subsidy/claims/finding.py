"""What a claim comes to today: by its evidence, the rules of the fact's day, and the reservation it may need."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias

from subsidy.claims.dossier.dossier import Dossier
from subsidy.claims.events import Explanation, Input, Once, Payee, ReservationAnswered
from subsidy.claims.evidence import Evidence, evidence
from subsidy.claims.state import Decision, Opened, Reserving, Room, concern_of
from subsidy.packs.engine import Assessed, Known, Waiting, assess, stored
from subsidy.packs.pack import Pack, Rules
from subsidy.packs.rule_pack import RulePack, first_on
from subsidy.packs.terms import claim_by

RESERVATION: Final = "reservation"
"""Name of the input that the engine does not know: whether another claim was subsidised for the same."""
GRANTED: Final = "GRANTED"
RULE_PACK_MISSING: Final = "rule_pack"
SHARED: Final = {"SKILL_UPGRADE": "TRAINING"}
"""Who got the one does not get the other (R-SUB-22)."""
DEATH: Final = "death"
OPENED_ON: Final = "opened_on"
CLAIM_BY: Final = "claim_by"
BESIDE: Final = (RESERVATION, DEATH, OPENED_ON, CLAIM_BY)
"""Inputs that no rule pack asks about."""
PAID: Final = ("paid_this_year", "paid_in_all")
"""Inputs that the person's allowance says, in the claim's turn."""
ALREADY_SUBSIDISED: Final = "ALREADY_SUBSIDISED"
CLAIMED_TOO_LATE: Final = "CLAIMED_TOO_LATE"
DECEASED: Final = "DECEASED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What the claim takes of what the person gets of its kind, by what it was told that others take; in fen."""

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
        return Missing(names=found)
    pack = first_on(packs, found.day)
    if pack is None:
        return _missing((RULE_PACK_MISSING,), found)
    if found.death is not None and pack.rules.payee == "WORKER" and _may_end(claim.decision):
        return _found(ended(pack, found.death), _worker(claim), found, None, pack)
    window = _window(claim, found, pack)
    if window:
        return _found(too_late(pack, window), _worker(claim), found, None, pack)
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
    assessed = assess(pack, {**found.known, **_paid(room)})
    if isinstance(assessed, Waiting):
        missing = tuple(name for name in assessed.missing if name not in PAID)
        return _missing(missing, found) if missing else _needs_room(found)
    payee = _payee(assessed, found, claim)
    if payee is None:
        return _missing(("payee",), found)
    share = _share(assessed, room)
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


def _paid(room: Room | None) -> dict[str, Known]:
    if room is None or room.told is None:
        return {}
    told = room.told
    this_year, in_all = (Known(value=each, fact=told.answer) for each in (told.this_year, told.in_all))
    return dict(zip(PAID, (this_year, in_all), strict=True))


def _share(assessed: Assessed, room: Room | None) -> Share | None:
    """None where the rules do not ask what others take."""
    if room is None or not any(each.name in PAID for each in assessed.explanation.inputs):
        return None
    return Share(person=room.person, year=room.year, amount=assessed.amount)


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
    return _found(outcome, payee, found, once, pack, share and replace(share, amount=outcome.amount))


def _found(
    assessed: Assessed, payee: Payee, found: Evidence, once: Once | None, pack: Pack, share: Share | None = None
) -> Found:
    return Found(assessed=assessed, payee=payee, region=found.region, once=once, rules=pack.rules, share=share)


def _payee(assessed: Assessed, found: Evidence, claim: Opened) -> Payee | None:
    """None: nobody knows yet. Of what is refused nobody has to know."""
    match assessed.payee:
        case "WORKER":
            return _worker(claim)
        case "INSTITUTION":
            known = found.known.get("institution")
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


def reservation_input(answer: ReservationAnswered) -> Input:
    held = "/".join(each for each in (answer.holder_region, answer.holder) if each)
    value = GRANTED if answer.granted else held
    return Input(name=RESERVATION, value=value, fact=answer.answer)


def _may_end(decision: Decision | None) -> bool:
    """A death ends what was not decided yet; what the worker was owed before stays."""
    return decision is None or DECEASED in decision.made.explanation.reasons


def ended(pack: Pack, death: Input) -> Assessed:
    """The worker who would be paid has died: the claim ends, whatever else is known."""
    return _refused(pack, (death,), DECEASED)


def too_late(pack: Pack, window: tuple[Input, ...]) -> Assessed:
    """The fact opened the claim after the last day that the rules give."""
    return _refused(pack, window, CLAIMED_TOO_LATE)


def _refused(pack: Pack, inputs: tuple[Input, ...], reason: str) -> Assessed:
    explanation = Explanation(pack=pack.ref, inputs=inputs, steps=(), reasons=(reason,))
    fund = pack.rules.sources[0].fund
    return Assessed(outcome="REFUSED", amount=0, fund=fund, payee=pack.rules.payee, explanation=explanation)


def reserved(assessed: Assessed, reservation: Input) -> Assessed:
    """The outcome with its reservation: refused where another claim holds it (R-SUB-22)."""
    explanation = replace(assessed.explanation, inputs=(*assessed.explanation.inputs, reservation))
    if reservation.value == GRANTED:
        return replace(assessed, explanation=explanation)
    explanation = replace(explanation, steps=(), reasons=(ALREADY_SUBSIDISED,))
    return replace(assessed, outcome="REFUSED", amount=0, explanation=explanation)


def again(pack: Pack, explanation: Explanation) -> Assessed | None:
    """A decision computed again from what is stored of it; None where the stored inputs do not suffice."""
    beside = {each.name: each for each in explanation.inputs if each.name in BESIDE}
    if DEATH in beside:
        return ended(pack, beside[DEATH])
    if OPENED_ON in beside:
        return too_late(pack, (beside[OPENED_ON], beside[CLAIM_BY]))
    assessed = assess(pack, stored([each for each in explanation.inputs if each.name not in BESIDE]))
    if isinstance(assessed, Waiting):
        return None
    return reserved(assessed, beside[RESERVATION]) if RESERVATION in beside else assessed
