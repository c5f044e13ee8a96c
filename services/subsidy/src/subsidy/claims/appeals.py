"""Appeals: whoever is refused, or gets less, can have it looked at by somebody else (R-SUB-29).

The terms are those of the Administrative Reconsideration Law (行政复议法): 60 days to file from the day of the
decision, 60 days to decide.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from subsidy.claims import refusals
from subsidy.claims.commands import DecideAppeal, FileAppeal
from subsidy.claims.events import AppealDecided, AppealFiled, ClaimEvent
from subsidy.claims.finding import Finding
from subsidy.claims.looking import look
from subsidy.claims.state import Opened, evolve

TERM: Final = timedelta(days=60)


def file(command: FileAppeal, claim: Opened) -> Sequence[ClaimEvent]:
    decision = claim.decision
    if decision is None:
        raise refusals.NothingToAppeal
    if decision.id in claim.appealed:
        raise refusals.AppealAlreadyOpen
    if command.today > decision.made.decided_on + TERM:
        raise refusals.AppealTooLate
    return [
        AppealFiled(
            claim=claim.claim,
            region=claim.region,
            decision=decision.id,
            ground=command.ground,
            document=command.document,
            filed_on=command.today,
            due_on=command.today + TERM,
            by=command.by,
            organisation=command.organisation,
        )
    ]


def decide(command: DecideAppeal, claim: Opened, finding: Finding) -> Sequence[ClaimEvent]:
    """Upheld: decided again by what is known now, with the appeal as the cause. The outcome is nobody's to choose."""
    if claim.appeal is None or claim.decision is None:
        raise refusals.NoAppeal
    if command.supervisor == claim.decision.handler:
        raise refusals.OwnDecision
    answer = AppealDecided(
        claim=claim.claim,
        region=claim.region,
        outcome=command.outcome,
        document=command.document,
        decided_on=command.today,
        supervisor=command.supervisor,
        organisation=command.organisation,
    )
    if command.outcome == "REJECTED":
        return [answer]
    after = evolve(claim, answer)
    if not isinstance(after, Opened):
        raise TypeError("a claim stays open to be looked at")
    return [answer, *look(after, finding, command.today, claim.next_id)]
