"""When a transfer has ended, or goes on without a steward here, the service yields if it was asked to."""

from collections.abc import Iterable
from typing import Any, assert_never

from eventcore import Do, Fact

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
from placement.transfers.permission.permission import PERMISSION, NoteStopped, PermissionCommand


def when_a_transfer_is_stopped_or_let_go_the_service_may_yield(fact: Fact[Any]) -> Iterable[Do[PermissionCommand]]:
    event: TransferEvent = fact.event
    match event:
        case TransferDropped() | TransferRejected() | TransferWithdrawn() | TransferExpired() | TransferLetGo():
            yield _stopped(event)
        case TransferMissed() | TransferReturned() | TransferCompleted():
            yield _stopped(event)
        case TransferProposed() | TransferNominated() | TransferConfirmed() | TransferDispatched():
            return
        case TransferArrived() | TransferTooLate():
            return
        case _:
            assert_never(event)


def _stopped(event: OfTransfer) -> Do[PermissionCommand]:
    way = event.way
    return Do(PERMISSION, way.worker, NoteStopped(worker=way.worker, transfer=way.transfer))
