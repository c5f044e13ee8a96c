"""Home's side: the record goes when the transfer is confirmed and its host has offered a key, in whatever order."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from eventcore import Seen

from registry.records import refusals
from registry.records.commands import (
    HomeCommand,
    NoteConfirmed,
    NoteErasureDone,
    NoteKey,
    NoteReceipt,
    OrderErasure,
    SendRecord,
)
from registry.records.events import (
    ErasureDoneNoted,
    ErasureOrdered,
    KeyHeard,
    ReceiptNoted,
    RecordDue,
    RecordEvent,
    RecordSent,
    TransferConfirmed,
)
from registry.records.state import Handover, Record
from registry.workers.privacy_state import PersonalDataGone
from registry.workers.worker import WORKER


def decide(command: HomeCommand, record: Record, seen: Seen) -> Sequence[RecordEvent]:
    match command:
        case NoteConfirmed():
            return _confirmed(command, record)
        case NoteKey():
            return _key(command, record)
        case SendRecord():
            return _send(command, record, seen)
        case NoteReceipt():
            return _received(command, record)
        case OrderErasure():
            return _erase(command, record)
        case NoteErasureDone(region=region):
            if region not in record.ordered:
                raise refusals.NotTheHost
            return [ErasureDoneNoted(worker=command.worker, region=region, kept_for=command.kept_for)]
        case _:
            assert_never(command)


def _confirmed(command: NoteConfirmed, record: Record) -> Sequence[RecordEvent]:
    before = record.handover(command.transfer)
    if before.region is not None:
        return []
    noted = TransferConfirmed(worker=command.worker, transfer=command.transfer, region=command.region)
    return [noted, *_due(command, replace(before, region=command.region), record)]


def _key(command: NoteKey, record: Record) -> Sequence[RecordEvent]:
    """After an erasure the key is answered by the order to destroy it."""
    before = record.handover(command.transfer)
    if any(region == command.region for region, _ in before.keys):
        return []
    if before.region not in (None, command.region):
        raise refusals.NotTheHost
    heard = KeyHeard(worker=command.worker, transfer=command.transfer, region=command.region, key=command.key)
    if record.erased:
        return [heard, ErasureOrdered(worker=command.worker, to=(command.region,))]
    return [heard, *_due(command, replace(before, keys=(*before.keys, (command.region, command.key))), record)]


def _due(command: NoteConfirmed | NoteKey, after: Handover, record: Record) -> Sequence[RecordEvent]:
    if after.region is None or after.key is None or record.erased:
        return []
    return [RecordDue(worker=command.worker, transfer=command.transfer, region=after.region, key=after.key)]


def _send(command: SendRecord, record: Record, seen: Seen) -> Sequence[RecordEvent]:
    handover = record.handover(command.transfer)
    if handover.step != "DUE" or handover.region is None:
        return []
    if record.erased or seen.state(WORKER, command.worker).privacy.erased:
        raise PersonalDataGone
    return [
        RecordSent(
            worker=command.worker,
            transfer=command.transfer,
            region=handover.region,
            disclosure=command.disclosure,
            record=command.record,
            to=(handover.region,),
        )
    ]


def _received(command: NoteReceipt, record: Record) -> Sequence[RecordEvent]:
    handover = record.handover(command.transfer)
    if handover.step not in ("SENT", "RECEIVED") or handover.region != command.region:
        raise refusals.NotTheHost
    if handover.step == "RECEIVED":
        return []
    return [ReceiptNoted(worker=command.worker, transfer=command.transfer, region=command.region)]


def _erase(command: OrderErasure, record: Record) -> Sequence[RecordEvent]:
    """Also where no record went: whoever offers a key later is told."""
    if record.erased:
        return []
    return [ErasureOrdered(worker=command.worker, to=tuple(sorted(record.hosts)))]
