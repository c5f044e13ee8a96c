"""What comes out where the rules of the kind are not all that counts: what no pack asks about ends a claim, or whether
another one holds the reservation. And a decision computed again from what is stored of it."""

from dataclasses import replace
from typing import Final

from subsidy.claims.events import ReservationAnswered
from subsidy.packs.engine import Assessed, Waiting, assess, stored
from subsidy.packs.explanation import GRANTED, Explanation, Input
from subsidy.packs.pack import Pack

RESERVATION: Final = "reservation"
"""Name of the input that the engine does not know: whether another claim was subsidised for the same."""
ALREADY_SUBSIDISED: Final = "ALREADY_SUBSIDISED"
DEATH: Final = "death"
DECEASED: Final = "DECEASED"
PERSON: Final = "person"
OPENED_BY: Final = "opened_by"
OPENED_ON: Final = "opened_on"
CLAIM_BY: Final = "claim_by"
ENDS: Final = {
    DEATH: DECEASED,
    PERSON: "SAME_PERSON",
    OPENED_BY: "FACT_GONE",
    OPENED_ON: "CLAIMED_TOO_LATE",
    CLAIM_BY: "CLAIMED_TOO_LATE",
}
"""Inputs that no rule pack asks about and that end a claim whatever else is known, with the reason: the worker who
would be paid has died; who stands for the worker has a claim about the same; the fact that opened it was another
person's; it came later than the rules give time."""


def ended(pack: Pack, *inputs: Input) -> Assessed:
    """The claim ends by these."""
    reason, fund = ENDS[inputs[0].name], pack.rules.sources[0].fund
    explanation = Explanation(pack=pack.ref, inputs=inputs, steps=(), reasons=(reason,))
    return Assessed(outcome="REFUSED", amount=0, fund=fund, payee=pack.rules.payee, explanation=explanation)


def reservation_input(answer: ReservationAnswered) -> Input:
    held = "/".join(each for each in (answer.holder_region, answer.holder) if each)
    value = GRANTED if answer.granted else held
    return Input(name=RESERVATION, value=value, fact=answer.answer)


def reserved(assessed: Assessed, reservation: Input) -> Assessed:
    """The outcome with its reservation: refused where another claim holds it (R-SUB-22)."""
    explanation = replace(assessed.explanation, inputs=(*assessed.explanation.inputs, reservation))
    if reservation.value == GRANTED:
        return replace(assessed, explanation=explanation)
    explanation = replace(explanation, steps=(), reasons=(ALREADY_SUBSIDISED,))
    return replace(assessed, outcome="REFUSED", amount=0, explanation=explanation)


def again(pack: Pack, explanation: Explanation) -> Assessed | None:
    """A decision computed again from what is stored of it; None where the stored inputs do not suffice."""
    ends = [each for each in explanation.inputs if each.name in ENDS]
    if ends:
        return ended(pack, *ends)
    assessed = assess(pack, stored([each for each in explanation.inputs if each.name != RESERVATION]))
    if isinstance(assessed, Waiting):
        return None
    held = next((each for each in explanation.inputs if each.name == RESERVATION), None)
    return reserved(assessed, held) if held else assessed
