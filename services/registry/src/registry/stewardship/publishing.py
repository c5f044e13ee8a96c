"""What other provinces and the own services are told of stewardship; what only one side has to remember stays there."""

from typing import assert_never

from contracts.public_event import PublicEvent
from contracts.roll import StewardsAnsweredV1, StewardsCalledV1
from contracts.stewardship import (
    StewardshipDeathReportedV1,
    StewardshipDeathWithdrawnV1,
    StewardshipEndingV1,
    StewardshipGrantedV1,
    StewardshipHeldV1,
    StewardshipRecalledV1,
    StewardshipRefusedV1,
    StewardshipReleasedV1,
    StewardshipRequestedV1,
    StewardshipTakenBackV1,
)
from eventcore.roll import LogReadAgain, RollAnswered, RollAnswerNoted, RollCalled, RollEvent

from registry.stewardship.events import (
    LedgerEvent,
    RecallRefusalNoted,
    StewardDeathNoted,
    StewardDeathWithdrawalNoted,
    StewardshipDeathWithdrawn,
    StewardshipDenied,
    StewardshipGranted,
    StewardshipRecalled,
    StewardshipRecovered,
    StewardshipSought,
    StewardshipTakenBack,
)
from registry.stewardship.tenure_events import (
    DeathReported,
    DeathReportWithdrawn,
    JobEndHeard,
    JobHeard,
    ReportWithdrawalNoted,
    RequestDenialNoted,
    TenureEnding,
    TenureEvent,
    TenureHeld,
    TenureKept,
    TenureReleased,
    TenureRequested,
    YieldNoted,
)
from registry.telling import told


def publish(event: LedgerEvent | TenureEvent | RollEvent) -> PublicEvent | None:
    kind = _public(event)
    return told(kind, event) if kind else None


def _public(event: LedgerEvent | TenureEvent | RollEvent) -> type[PublicEvent] | None:
    match event:
        case StewardshipGranted():
            return StewardshipGrantedV1
        case StewardshipRecalled():
            return StewardshipRecalledV1
        case StewardshipTakenBack():
            return StewardshipTakenBackV1
        case TenureHeld():
            return StewardshipHeldV1
        case TenureEnding():
            return StewardshipEndingV1
        case DeathReported():
            return StewardshipDeathReportedV1
        case DeathReportWithdrawn() | StewardshipDeathWithdrawn():
            return StewardshipDeathWithdrawnV1
        case TenureReleased():
            return StewardshipReleasedV1
        case TenureRequested():
            return StewardshipRequestedV1
        case StewardshipDenied() | TenureKept():
            return StewardshipRefusedV1
        case RollCalled():
            return StewardsCalledV1
        case RollAnswered():
            return StewardsAnsweredV1
        case (
            StewardshipSought()
            | StewardshipRecovered()
            | RecallRefusalNoted()
            | YieldNoted()
            | JobHeard()
            | JobEndHeard()
            | RequestDenialNoted()
            | ReportWithdrawalNoted()
            | StewardDeathNoted()
            | StewardDeathWithdrawalNoted()
            | RollAnswerNoted()
            | LogReadAgain()
        ):
            return None
        case _:
            assert_never(event)
