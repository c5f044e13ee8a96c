"""Another pack over what earlier decisions were made from: who would gain, who would lose, what each fund would pay."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from subsidy.packs.engine import Known, Waiting, assess
from subsidy.packs.explanation import GRANTED
from subsidy.packs.inputs import INPUTS
from subsidy.packs.pack import Pack

NO_FACT: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What a claim stands at, and the inputs of its last decision as texts."""

    claim: str
    fund: str
    amount: int
    inputs: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """`after` None: the other pack asks for what the decision did not need to know; `missing` says for what."""

    claim: str
    fund: str
    before: int
    after: int | None
    fund_after: str | None
    missing: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        return (self.before, self.fund) != (self.after, self.fund_after)


@dataclass(slots=True)
class OfFund:
    """Sums of a fund, in fen."""

    before: int = 0
    after: int = 0


@dataclass(slots=True)
class Summary:
    """Counts of claims, and sums by fund over those that the other pack decides."""

    gain: int = 0
    lose: int = 0
    same: int = 0
    undecided: int = 0
    funds: dict[str, OfFund] = field(default_factory=dict)

    def count(self, change: Change) -> None:
        if change.after is None or change.fund_after is None:
            self.undecided += 1
            return
        self.gain += change.after > change.before
        self.lose += change.after < change.before
        self.same += change.after == change.before
        self._of(change.fund).before += change.before
        self._of(change.fund_after).after += change.after

    def _of(self, fund: str) -> OfFund:
        return self.funds.setdefault(fund, OfFund())


def rerun(pack: Pack, past: Past) -> Change:
    """What the claim would come to by the pack. It looks at one claim alone: what is owed once to a person is not
    reserved anew, and what was refused for what no pack asks about stays refused."""
    beside = [text for name, text in past.inputs.items() if name not in INPUTS]
    if any(text != GRANTED for text in beside):
        return Change(claim=past.claim, fund=past.fund, before=past.amount, after=past.amount, fund_after=past.fund)
    asked = {name: text for name, text in past.inputs.items() if name in INPUTS}
    known = {name: Known(value=INPUTS[name].value(text), fact=NO_FACT) for name, text in asked.items()}
    found = assess(pack, known)
    if isinstance(found, Waiting):
        return Change(
            claim=past.claim, fund=past.fund, before=past.amount, after=None, fund_after=None, missing=found.missing
        )
    return Change(
        claim=past.claim,
        fund=past.fund,
        before=past.amount,
        after=found.amount,
        fund_after=found.fund,
        reasons=found.explanation.reasons,
    )
