"""The host's side: a key of one use for each transfer, the record that comes, and its end."""

from collections.abc import Sequence
from typing import assert_never

from eventcore import Seen

from registry.records import refusals
from registry.records.commands import ConfirmErasure, HostCommand, OfferKey, OrderCopyErasure, ReceiveRecord
from registry.records.events import CopyErased, CopyErasureOrdered, KeyOffered, RecordEvent, RecordReceived
from registry.records.state import Record
from registry.workers.privacy_state import PersonalDataGone
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
    if command.transfer in record.homes:
        return []
    _require_not_erased(command.worker, record, seen)
    return [
        KeyOffered(
            worker=command.worker,
            transfer=command.transfer,
            home=command.home,
            key=command.key,
            to=(command.home,),
        )
    ]


def _receive(command: ReceiveRecord, record: Record, seen: Seen) -> Sequence[RecordEvent]:
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
            to=(command.by,),
        )
    ]


def _require_not_erased(worker: str, record: Record, seen: Seen) -> None:
    if record.to_erase or seen.state(WORKER, worker).privacy.erased:
        raise PersonalDataGone


def _order(command: OrderCopyErasure, record: Record) -> Sequence[RecordEvent]:
    if command.by not in record.homes.values():
        raise refusals.NotTheHome
    if record.to_erase:
        return []
    return [CopyErasureOrdered(worker=command.worker, home=command.by)]


def _confirm(command: ConfirmErasure, record: Record) -> Sequence[RecordEvent]:
    if record.done or record.to_erase is None:
        return []
    return [CopyErased(worker=command.worker, kept_for=command.kept_for, to=(record.to_erase,))]
