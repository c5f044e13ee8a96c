"""What the service gets from this folder."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, Final

from eventcore.clock import CLOCK
from eventcore.codec import Codec
from eventcore.decider import Decider
from eventcore.readers import Alarm, Pages, Policy, View, When, Work
from eventcore.settings import Refused
from eventcore.store import Store
from fastapi import APIRouter

from subsidy.claims.events import ClaimEvent
from subsidy.money.bank.asking import Inquiries
from subsidy.money.bank.bank_file import BANK_FILE
from subsidy.money.bank.folder import Folder
from subsidy.money.bank.forms import FORMS
from subsidy.money.bank.registry import Registry
from subsidy.money.bank.sending import PaymentFiles
from subsidy.money.bank.taking import BankAnswers
from subsidy.money.bank.views.files import FILES, bank_files
from subsidy.money.batches import api as batches
from subsidy.money.batches.batch import PAYMENT_BATCH
from subsidy.money.batches.views.batches import BATCHES
from subsidy.money.funds import api as funds
from subsidy.money.funds.fund import FUND
from subsidy.money.ledger_api import ledger_balances
from subsidy.money.payees.api import payees
from subsidy.money.payees.payee import PAYEE
from subsidy.money.payments import api as payments
from subsidy.money.payments.payment import PAYMENT
from subsidy.money.payments.views.orders import ORDERS
from subsidy.money.reconciliation import api as reconciliation
from subsidy.money.reconciliation.bank_day import BANK_DAY
from subsidy.money.reconciliation.reconciling import Reconciling
from subsidy.money.reconciliation.views.days import DAYS
from subsidy.money.reconciliation.views.movements import MOVEMENTS
from subsidy.policies.when_bank_answered_settle_its_orders import when_bank_answered_settle_its_orders
from subsidy.policies.when_bank_day_reconciled_freeze_its_funds import when_bank_day_reconciled_freeze_its_funds
from subsidy.policies.when_batch_approved_release_it import when_batch_approved_release_it
from subsidy.policies.when_claim_decided_settle_it import when_claim_decided_settle_it
from subsidy.policies.when_fund_holds_a_batch_void_its_approval import when_fund_holds_a_batch_void_its_approval
from subsidy.policies.when_money_stays_or_comes_back_free_it import when_money_stays_or_comes_back_free_it
from subsidy.settings import SubsidySettings

DECIDERS: Final[Sequence[Decider[Any, Any, Any]]] = (FUND, PAYMENT, PAYMENT_BATCH, PAYEE, BANK_FILE, BANK_DAY)

_FUNDS, _PAYMENTS, _BATCHES, _FILES, _DAYS = (
    Codec(each.events) for each in (FUND, PAYMENT, PAYMENT_BATCH, BANK_FILE, BANK_DAY)
)


def _policy(react: Callable[[Any], Any], *own: Codec) -> Policy:
    return Policy(react.__name__, react, own=own)


POLICIES: Final[Sequence[Policy]] = (
    _policy(when_claim_decided_settle_it, Codec(ClaimEvent)),
    _policy(when_batch_approved_release_it, _BATCHES),
    _policy(when_fund_holds_a_batch_void_its_approval, _FUNDS),
    _policy(when_bank_answered_settle_its_orders, _FILES),
    _policy(when_money_stays_or_comes_back_free_it, _PAYMENTS, _FILES),
    _policy(when_bank_day_reconciled_freeze_its_funds, _DAYS),
)
VIEWS: Final[Sequence[View[Any]]] = (ORDERS, BATCHES, FILES, MOVEMENTS, DAYS)
ALARMS: Final[Sequence[Alarm]] = ()


def routers(settings: SubsidySettings, store: Store) -> Sequence[APIRouter]:
    """Routes of this folder."""
    return (
        funds.routes(CLOCK),
        ledger_balances,
        batches.routes(CLOCK),
        payments.routes(CLOCK),
        payees,
        bank_files,
        reconciliation.routes(CLOCK, store),
    )


def works(
    settings: SubsidySettings, store: Store, pages: Callable[[Sequence[Codec]], Pages], may_pay: When
) -> Sequence[Work]:
    """Readers of this folder that are neither views nor policies: none without a folder of the bank."""
    if settings.bank_folder is None:
        return ()
    if settings.secrets_dir is None:
        raise Refused("LB_SECRETS_DIR is not set: it holds the file registry_token")
    folder, form = Folder(settings.bank_folder), FORMS[f".{settings.bank_format}"]
    registry = Registry(settings.registry_url, settings.secrets_dir / "registry_token")
    inquiries = Inquiries(
        store,
        folder,
        form,
        CLOCK,
        answer=timedelta(seconds=settings.bank_answer_seconds),
        again=timedelta(seconds=settings.bank_ask_seconds),
    )
    return (
        PaymentFiles(store, pages((_FUNDS,)), folder, form, registry, may_pay),
        BankAnswers(
            store,
            pages(()),
            folder,
            CLOCK,
            inquiries,
            Reconciling(store, CLOCK),
            keep=timedelta(days=settings.bank_keep_days),
        ),
    )
