"""What a claim comes to today: by its evidence, the rules of the fact's day, and the reservation it may need."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias

from subsidy.claims.dossier.dossier import Dossier
from subsidy.claims.events import Explanation, Input, Once, Payee, ReservationAnswered
from subsidy.claims.evidence import Evidence, evidence
from subsidy.claims.state import Decision, Opened, Reserving, concern_of
from subsidy.packs.engine import Assessed, Waiting, assess, stored
from subsidy.packs.pack import Pack, Rules
from subsidy.packs.rule_pack import RulePack, first_on

RESERVATION: Final = "reservation"
"""Name of the input that the engine does not know: whether another claim was subsidised for the same."""
GRANTED: Final = "GRANTED"
RULE_PACK_MISSING: Final = "rule_pack"
SHARED: Final = {"SKILL_UPGRADE": "TRAINING"}
"""Who got the one does not get the other (R-SUB-22)."""
DEATH: Final = "death"
BESIDE: Final = (RESERVATION, DEATH)
"""Inputs that no rule pack asks about."""
ALREADY_SUBSIDISED: Final = "ALREADY_SUBSIDISED"
DECEASED: Final = "DECEASED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    names: tuple[str, ...]
    region: str | None = None
    """The county, where it is known."""
    day: date | None = None
    """Of the fact, where it is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsReservation:
    once: Once
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An outcome. `once`: what it took a reservation for."""

    assessed: Assessed
    payee: Payee
    region: str
    once: Once | None
    rules: Rules


Finding: TypeAlias = Missing | NeedsReservation | Found


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
    assessed = assess(pack, found.known)
    if isinstance(assessed, Waiting):
        return _missing(assessed.missing, found)
    payee = _payee(assessed, found, claim)
    if payee is None:
        return _missing(("payee",), found)
    if not _takes_reservation(pack, assessed):
        return _found(assessed, payee, found, None, pack)
    return _with_reservation(claim.reserving, assessed, payee, found, pack)


def _missing(names: tuple[str, ...], found: Evidence) -> Missing:
    return Missing(names=names, region=found.region, day=found.day)


def _takes_reservation(pack: Pack, assessed: Assessed) -> bool:
    return assessed.outcome == "APPROVED" and pack.rules.once_per == "OCCUPATION_LEVEL"


def _with_reservation(
    reserving: Reserving | None, assessed: Assessed, payee: Payee, found: Evidence, pack: Pack
) -> Finding:
    pool = SHARED.get(pack.rules.kind, pack.rules.kind)
    once = Once(pool=pool, person=found.person, occupation=found.occupation, level=found.level, day=found.day)
    if reserving is None or reserving.once != once:
        return NeedsReservation(once=once, region=found.region)
    if reserving.answer is None:
        return _missing((RESERVATION,), found)
    return _found(reserved(assessed, reservation_input(reserving.answer)), payee, found, once, pack)


def _found(assessed: Assessed, payee: Payee, found: Evidence, once: Once | None, pack: Pack) -> Found:
    return Found(assessed=assessed, payee=payee, region=found.region, once=once, rules=pack.rules)


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
    value = GRANTED if answer.granted else f"{answer.holder_region}/{answer.holder}"
    return Input(name=RESERVATION, value=value, fact=answer.answer)


def _may_end(decision: Decision | None) -> bool:
    """A death ends what was not decided yet; what the worker was owed before stays."""
    return decision is None or DECEASED in decision.made.explanation.reasons


def ended(pack: Pack, death: Input) -> Assessed:
    """The worker who would be paid has died: the claim ends, whatever else is known."""
    explanation = Explanation(pack=pack.ref, inputs=(death,), steps=(), reasons=(DECEASED,))
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
    assessed = assess(pack, stored([each for each in explanation.inputs if each.name not in BESIDE]))
    if isinstance(assessed, Waiting):
        return None
    return reserved(assessed, beside[RESERVATION]) if RESERVATION in beside else assessed
