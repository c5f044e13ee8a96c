"""When a transfer is proposed, it takes a place under its agreement; when it comes to nothing, the place is free again.

One policy does both, so that no place is freed before it is taken.
"""

from collections.abc import Iterable
from typing import Any, assert_never

from eventcore import Do, Fact

from placement.offers.agreements.agreement import AGREEMENT
from placement.offers.agreements.commands import AgreementCommand, FreePlace, UsePlace
from placement.offers.agreements.state import HOME, side_key
from placement.transfers.home.events import (
    OfTransfer,
    TransferArrived,
    TransferCompleted,
    TransferConfirmed,
    TransferDispatched,
    TransferDropped,
    TransferEvent,
    TransferExpired,
    TransferLetGo,
    TransferMissed,
    TransferNominated,
    TransferProposed,
    TransferRejected,
    TransferReturned,
    TransferTooLate,
    TransferWithdrawn,
)


def when_a_transfer_is_proposed_or_ends_so_does_its_place(fact: Fact[Any]) -> Iterable[Do[AgreementCommand]]:
    event: TransferEvent = fact.event
    match event:
        case TransferProposed(plan=plan, occupation=occupation, proposed_on=proposed_on):
            command = UsePlace(transfer=plan.way.transfer, occupation=occupation, on=proposed_on)
            yield Do(AGREEMENT, side_key(plan.agreement, HOME), command)
        case TransferDropped() | TransferRejected() | TransferWithdrawn() | TransferExpired():
            yield _freed(event)
        case TransferMissed() | TransferReturned():
            yield _freed(event)
        case TransferNominated() | TransferConfirmed() | TransferDispatched() | TransferArrived():
            return
        case TransferCompleted() | TransferTooLate() | TransferLetGo():
            return
        case _:
            assert_never(event)


def _freed(event: OfTransfer) -> Do[AgreementCommand]:
    return Do(AGREEMENT, side_key(event.agreement, HOME), FreePlace(transfer=event.way.transfer))
