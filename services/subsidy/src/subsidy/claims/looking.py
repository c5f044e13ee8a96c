"""A claim looks at its evidence: it waits, is ready, asks for its reservation, or what was decided is corrected."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar, assert_never

from subsidy.claims import rooming
from subsidy.claims.endings import RESERVATION
from subsidy.claims.events import (
    ClaimAdjusted,
    ClaimDecided,
    ClaimEvent,
    ClaimReady,
    ClaimWaits,
    Once,
    ReservationAsked,
    ReservationGivenUp,
    ReservationHeld,
)
from subsidy.claims.finding import Finding, Found, Missing, NeedsReservation, NeedsRoom
from subsidy.claims.state import Decision, Opened, Reserving
from subsidy.packs.pack import paid_inputs
from subsidy.packs.terms import decide_by

S = TypeVar("S", ReservationHeld, ReservationGivenUp)


def look(claim: Opened, finding: Finding, day: date, cause: str) -> Sequence[ClaimEvent]:
    """What has changed; nothing where it stands as it stood."""
    decision = claim.decision
    match finding:
        case Missing():
            waits = () if decision else _waits(claim, finding, day)
            return [*rooming.lowered(claim, finding.share), *waits]
        case NeedsRoom():
            asks = Missing(names=paid_inputs(claim.opened.kind), region=finding.region, day=finding.day)
            waits = () if decision else _waits(claim, asks, day)
            return [*rooming.asked(claim, finding), *waits]
        case NeedsReservation():
            asks = Missing(names=(RESERVATION,), region=finding.region, day=finding.once.day)
            waits = () if decision else _waits(claim, asks, day)
            given_up = _given_up(claim, finding.once, finding.home)
            lowered = rooming.lowered(claim, finding.share)
            return [*lowered, *given_up, _asked(claim, finding, day), *waits]
        case Found() if decision:
            adjusted = _adjusted(claim, decision, finding, day, cause)
            return [*adjusted, *_given_up(claim, finding.once), *rooming.lowered(claim, finding.share)]
        case Found():
            given_up = _given_up(claim, finding.once)
            return [*rooming.lowered(claim, finding.share), *given_up, *_ready(claim, finding, day)]
        case _:
            assert_never(finding)


def _waits(claim: Opened, missing: Missing, day: date) -> Iterable[ClaimWaits]:
    standing, opened = claim.standing, claim.opened
    waits = ClaimWaits(
        claim=opened.claim,
        kind=opened.kind,
        worker=opened.worker,
        region=missing.region or claim.region,
        missing=missing.names,
        fact_on=missing.day,
        since=standing.since if isinstance(standing, ClaimWaits) else day,
    )
    if waits != standing:
        yield waits


def _ready(claim: Opened, found: Found, day: date) -> Iterable[ClaimReady]:
    standing, pack = claim.standing, found.assessed.explanation.pack
    since = standing.since if isinstance(standing, ClaimReady) else day
    opened = claim.opened
    ready = ClaimReady(
        claim=opened.claim,
        kind=opened.kind,
        worker=opened.worker,
        region=found.region,
        pack=pack,
        since=since,
        due_on=decide_by(found.rules, since),
    )
    if standing != ready:
        yield ready


def _asked(claim: Opened, needed: NeedsReservation, day: date) -> ReservationAsked:
    opened = claim.opened
    return ReservationAsked(
        claim=opened.claim,
        kind=opened.kind,
        worker=opened.worker,
        region=needed.region,
        about=opened.about,
        once=needed.once,
        home=needed.home,
        ask=claim.asks + 1,
        asked_on=day,
    )


def _given_up(claim: Opened, needed: Once | None, home: str | None = None) -> Iterable[ReservationGivenUp]:
    """What is not needed any more; but while money may be with the payee, nobody else may have it (R-SUB-22)."""
    reserving = claim.reserving
    if reserving is None or (reserving.once == needed and home in (None, reserving.home)):
        return
    if needed is None and claim.decision and claim.decision.granted:
        return
    yield said(ReservationGivenUp, claim, reserving)


def said(what: type[S], claim: Opened, reserving: Reserving) -> S:
    """What the claim says of what it asked for."""
    opened = claim.opened
    return what(
        claim=opened.claim,
        kind=opened.kind,
        worker=opened.worker,
        region=claim.region,
        about=opened.about,
        once=reserving.once,
        home=reserving.home,
        ask=reserving.ask,
    )


def _adjusted(claim: Opened, decision: Decision, found: Found, day: date, cause: str) -> Iterable[ClaimAdjusted]:
    before, assessed, opened = decision.made, found.assessed, claim.opened
    if (assessed.outcome, assessed.amount) == (before.outcome, before.amount):
        return
    yield ClaimAdjusted(
        claim=opened.claim,
        kind=opened.kind,
        worker=opened.worker,
        region=claim.region,
        outcome=assessed.outcome,
        fund=decision.fund if decision.granted else assessed.fund,
        payee=decision.payee if decision.granted else found.payee,
        amount=assessed.amount,
        difference=assessed.amount - before.amount,
        corrects=decision.id,
        cause=cause,
        explanation=assessed.explanation,
        decided_on=day,
    )


def decided(claim: Opened, found: Found, day: date, handler: str, organisation: str) -> ClaimDecided:
    opened, assessed = claim.opened, found.assessed
    return ClaimDecided(
        claim=opened.claim,
        kind=opened.kind,
        worker=opened.worker,
        region=found.region,
        outcome=assessed.outcome,
        fund=assessed.fund,
        payee=found.payee,
        amount=assessed.amount,
        explanation=assessed.explanation,
        decided_on=day,
        handler=handler,
        organisation=organisation,
    )
