"""The rules of an organisation's account (R-SUB-17): one person records it, another one confirms it, and until then the
account before it is paid to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, assert_never

from eventcore import Decider, Seen

from subsidy.money.payees import refusals
from subsidy.money.payees.events import PayeeAccountConfirmed, PayeeAccountRecorded, PayeeEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAccount:
    payee: str
    name: str
    account: str
    bank: str
    document: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmAccount:
    account: str
    official: str
    organisation: str


PayeeCommand: TypeAlias = RecordAccount | ConfirmAccount


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    recorded: PayeeAccountRecorded | None = None
    """Waits to be confirmed."""
    confirmed: PayeeAccountRecorded | None = None
    """Is paid to."""


def decide(command: PayeeCommand, accounts: Accounts, _: Seen) -> Sequence[PayeeEvent]:
    match command:
        case RecordAccount():
            return [record(command)]
        case ConfirmAccount():
            return confirm(command, accounts)
        case _:
            assert_never(command)


def record(command: RecordAccount) -> PayeeEvent:
    return PayeeAccountRecorded(
        payee=command.payee,
        name=command.name,
        account=command.account,
        bank=command.bank,
        document=command.document,
        official=command.official,
        organisation=command.organisation,
    )


def confirm(command: ConfirmAccount, accounts: Accounts) -> Sequence[PayeeEvent]:
    recorded = accounts.recorded
    if recorded is None:
        if accounts.confirmed and accounts.confirmed.account == command.account:
            return []
        raise refusals.NoAccountToConfirm
    if recorded.account != command.account:
        raise refusals.AccountDiffers
    if recorded.official == command.official:
        raise refusals.OwnRecord
    return [
        PayeeAccountConfirmed(
            payee=recorded.payee,
            account=recorded.account,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def evolve(accounts: Accounts, event: PayeeEvent) -> Accounts:
    match event:
        case PayeeAccountRecorded():
            return replace(accounts, recorded=event)
        case PayeeAccountConfirmed():
            return Accounts(confirmed=accounts.recorded)
        case _:
            assert_never(event)


PAYEE: Final[Decider[PayeeCommand, PayeeEvent, Accounts]] = Decider(
    category="payee",
    initial=Accounts(),
    decide=decide,
    evolve=evolve,
    events=PayeeEvent,
)
