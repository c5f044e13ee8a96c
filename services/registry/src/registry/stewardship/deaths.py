"""A death that is recorded where a guest works is told to home; taking it back is told by either side to the other."""

from collections.abc import Sequence

from registry.stewardship import refusals
from registry.stewardship.commands import (
    NoteDeath,
    NoteDeathWithdrawal,
    NoteReportWithdrawn,
    ReportDeath,
    TakeDeathBack,
    WithdrawReport,
)
from registry.stewardship.events import (
    LedgerEvent,
    StewardDeathNoted,
    StewardDeathWithdrawalNoted,
    StewardshipDeathWithdrawn,
)
from registry.stewardship.state import AtHome, Granted, Ledger, Tenure
from registry.stewardship.tenure_events import DeathReported, DeathReportWithdrawn, ReportWithdrawalNoted, TenureEvent


def reported(command: ReportDeath, tenure: Tenure) -> Sequence[TenureEvent]:
    """Of a guest, also where the tenure has just ended; of the own people home knows it already."""
    home = tenure.guest_of
    if home is None or tenure.past.death is not None:
        return []
    return [
        DeathReported(
            worker=command.worker,
            home=home,
            epoch=tenure.epoch,
            died_on=command.died_on,
            evidence=command.evidence,
            to=(home,),
            organisation=command.organisation,
        )
    ]


def report_withdrawn(command: WithdrawReport, tenure: Tenure) -> Sequence[TenureEvent]:
    """Whoever is responsible now: who was told is told again."""
    if tenure.past.death is None:
        return []
    home, epoch = tenure.past.death
    return [
        DeathReportWithdrawn(
            worker=command.worker,
            home=home,
            epoch=epoch,
            evidence=command.evidence,
            to=(home,),
            organisation=command.organisation,
        )
    ]


def report_withdrawal_noted(command: NoteReportWithdrawn, tenure: Tenure) -> Sequence[TenureEvent]:
    """By who was told. Where both sides take it back at the same time there is nothing left to do."""
    if tenure.past.death is None:
        return []
    if tenure.past.death != (command.home, command.epoch):
        raise refusals.NotTheHome
    return [
        ReportWithdrawalNoted(
            worker=command.worker,
            home=command.home,
            epoch=command.epoch,
            evidence=command.evidence,
            organisation=command.organisation,
        )
    ]


def noted(command: NoteDeath, ledger: Ledger) -> Sequence[LedgerEvent]:
    """By who holds it, or has just released it: that word may be heard first. The first word is enough."""
    if isinstance(ledger, Granted) and ledger.death is not None:
        return []
    said = command.epoch, command.region
    if isinstance(ledger, AtHome) or said not in ((ledger.epoch, ledger.holder), (ledger.epoch - 1, ledger.before)):
        raise refusals.NotTheHolder
    return [
        StewardDeathNoted(
            worker=command.worker,
            epoch=command.epoch,
            region=command.region,
            died_on=command.died_on,
            evidence=command.evidence,
            organisation=command.organisation,
        )
    ]


def withdrawal_noted(command: NoteDeathWithdrawal, ledger: Ledger) -> Sequence[LedgerEvent]:
    """By whose word it was; where both sides take it back at the same time there is nothing left to do."""
    if isinstance(ledger, AtHome) or ledger.death is None:
        return []
    if ledger.death != (command.epoch, command.region):
        raise refusals.NotTheHolder
    return [
        StewardDeathWithdrawalNoted(
            worker=command.worker,
            epoch=command.epoch,
            region=command.region,
            evidence=command.evidence,
            organisation=command.organisation,
        )
    ]


def withdrawn(command: TakeDeathBack, ledger: Ledger) -> Sequence[LedgerEvent]:
    if isinstance(ledger, AtHome) or ledger.death is None:
        return []
    epoch, region = ledger.death
    return [
        StewardshipDeathWithdrawn(
            worker=command.worker,
            home=ledger.home,
            epoch=epoch,
            evidence=command.evidence,
            to=(region,),
            organisation=command.organisation,
        )
    ]
