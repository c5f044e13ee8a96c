"""The host's side: a key of one use for each transfer, or for a guest whose record is not here when the responsibility
is; the record that comes, and its end."""

from collections.abc import Sequence
from typing import assert_never

from eventcore import Seen

from registry.privacy.state import PersonalDataGone
from registry.records import refusals
from registry.records.commands import ConfirmErasure, HostCommand, OfferKey, OrderCopyErasure, ReceiveRecord
from registry.records.events import (
    CopyErased,
    CopyErasureOrdered,
    ErasureOrdered,
    KeyOffered,
    RecordDue,
    RecordEvent,
    RecordReceived,
)
from registry.records.state import Record
from registry.workers.worker import WORKER


def decide(command: HostCommand, record: Record, seen: Seen) -> Sequence[RecordEvent]:
    match command:
        case OfferKey():
            return _offer(command, record, seen)
        case ReceiveRecord():
            return _receive(command, record, seen)
        case OrderCopyErasure():
            return _order(command, record)
        case ConfirmErasure():
            return _confirm(command, record)
        case _:
            assert_never(command)


def _offer(command: OfferKey, record: Record, seen: Seen) -> Sequence[RecordEvent]:
    if command.transfer in record.homes or (command.epoch and record.received):
        return []
    _require_not_erased(command.worker, record, seen)
    return [
        KeyOffered(
            worker=command.worker,
            transfer=command.transfer,
            home=command.home,
            key=command.key,
            epoch=command.epoch,
            to=(command.home,),
        )
    ]


def _receive(command: ReceiveRecord, record: Record, seen: Seen) -> Sequence[RecordEvent]:
    """What was due onward, and could not go while nothing was here, is due again."""
    if command.transfer in record.received:
        return []
    if record.homes.get(command.transfer) != command.by:
        raise refusals.NotOffered
    _require_not_erased(command.worker, record, seen)
    return [
        RecordReceived(
            worker=command.worker,
            transfer=command.transfer,
            name=command.name,
            number=command.number,
            phone=command.phone,
            groups=command.groups,
            to=(command.by,),
        ),
        *(
            RecordDue(worker=command.worker, transfer=transfer, region=each.region, key=each.key)
            for transfer, each in record.handovers.items()
            if each.step == "DUE" and each.region and each.key
        ),
    ]


def _require_not_erased(worker: str, record: Record, seen: Seen) -> None:
    if record.to_erase or seen.state(WORKER, worker).privacy.erased:
        raise PersonalDataGone


def _order(command: OrderCopyErasure, record: Record) -> Sequence[RecordEvent]:
    """It goes on to where the record was sent on, also where the copy here is kept for a legal term."""
    if command.by not in record.homes.values():
        raise refusals.NotTheHome
    if record.to_erase:
        return []
    ordered = CopyErasureOrdered(worker=command.worker, home=command.by)
    if record.erased or not record.hosts:
        return [ordered]
    return [ordered, ErasureOrdered(worker=command.worker, to=tuple(sorted(record.hosts)))]


def _confirm(command: ConfirmErasure, record: Record) -> Sequence[RecordEvent]:
    if record.done or record.to_erase is None:
        return []
    return [CopyErased(worker=command.worker, kept_for=command.kept_for, to=(record.to_erase,))]
