"""What the rules of claims refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class ClaimNotOpen(Rejected):
    """There is no such claim."""

    code = "claim_not_open"


class ClaimStillWaits(Rejected):
    """Evidence is missing: it waits, and is not refused for it."""

    code = "claim_waits"


class ClaimIsHeld(Rejected):
    """Somebody looks at a risk first."""

    code = "claim_held"


class ClaimNotHeld(Rejected):
    """The claim is not held."""

    code = "claim_not_held"


class ClaimAlreadyDecided(Rejected):
    """The claim is decided."""

    code = "claim_already_decided"


class NoCommitment(Rejected):
    """The handler has no current integrity commitment (R-SUB-26, R-ADD-12)."""

    code = "handler_without_commitment"


class OwnCommitment(Rejected):
    """Nobody takes their own commitment."""

    code = "handler_own_commitment"


class CommitmentTermWrong(Rejected):
    """A commitment begins by today and lasts a year at most."""

    code = "commitment_term_wrong"


class BriefingInFuture(Rejected):
    """The briefing lies in the future."""

    code = "briefing_in_future"


class NothingToAppeal(Rejected):
    """The claim is not decided."""

    code = "appeal_nothing_decided"


class AppealTooLate(Rejected):
    """The time to appeal is over."""

    code = "appeal_too_late"


class AppealAlreadyOpen(Rejected):
    """An appeal against this decision is open, or was decided."""

    code = "appeal_already_filed"


class NoAppeal(Rejected):
    """There is no open appeal."""

    code = "appeal_not_open"


class OwnDecision(Rejected):
    """Who decided the claim does not decide the appeal against it."""

    code = "appeal_own_decision"


class NotedInFuture(Rejected):
    """What was received, or compared, lies in the future."""

    code = "noted_in_future"


class InsurancePeriodWrong(Rejected):
    """The period ends before it began."""

    code = "insurance_period_wrong"


class RiskNotRaised(Rejected):
    """There is no such item on the list of risks."""

    code = "risk_not_raised"


class RiskAlreadyRaised(Rejected):
    """This item is on the list of risks."""

    code = "risk_already_raised"


class RiskDueInPast(Rejected):
    """By when it is worked off lies in the past."""

    code = "risk_due_in_past"


class RiskAlreadyWorkedOff(Rejected):
    """The item was worked off, with another result."""

    code = "risk_already_worked_off"


class NotTheirClaim(Rejected):
    """A province asks, and gives back, for its own claims only."""

    code = "reservation_not_their_claim"


class NotTheHome(Rejected):
    """Only the province that owns the reservation is asked for it, and answers."""

    code = "reservation_not_the_home"
