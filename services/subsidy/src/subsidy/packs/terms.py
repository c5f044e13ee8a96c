"""By when: the published time limits of a claim, in calendar days (R-SUB-30, R-ADD-13)."""

from datetime import date, timedelta

from subsidy.packs.pack import Rules


def decide_by(rules: Rules, ready_on: date) -> date:
    """The last day of the decision, where nothing was missing any more on `ready_on`."""
    return ready_on + timedelta(days=rules.deadlines.decide)


def pay_by(rules: Rules, decided_on: date) -> date:
    """The last day of the payment."""
    return decided_on + timedelta(days=rules.deadlines.pay)


def claim_by(rules: Rules, fact_on: date) -> date | None:
    """The last day on which the fact opens a claim; None: any."""
    return None if rules.deadlines.claim is None else fact_on + timedelta(days=rules.deadlines.claim)
