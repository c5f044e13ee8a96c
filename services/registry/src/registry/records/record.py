"""The stream of a person's record between provinces; the rules of both sides have modules of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final, assert_never

from eventcore import Decider, Read, Seen

from registry.records import hosting, sending
from registry.records.commands import HostCommand, NoteKey, OfferKey, ReceiveRecord, RecordCommand, SendRecord
from registry.records.events import (
    CopyErased,
    CopyErasureOrdered,
    ErasureDoneNoted,
    ErasureOrdered,
    KeyHeard,
    KeyOffered,
    ReceiptNoted,
    RecordDue,
    RecordEvent,
    RecordReceived,
    RecordSent,
    TransferConfirmed,
)
from registry.records.state import Record
from registry.stewardship.ledger import LEDGER
from registry.workers.worker import WORKER


def decide(command: RecordCommand, record: Record, seen: Seen) -> Sequence[RecordEvent]:
    if isinstance(command, HostCommand):
        return hosting.decide(command, record, seen)
    return sending.decide(command, record, seen)


def evolve(record: Record, event: RecordEvent) -> Record:
    match event:
        case KeyOffered(transfer=transfer, home=home):
            return replace(record, homes=MappingProxyType({**record.homes, transfer: home}))
        case RecordReceived(transfer=transfer, groups=groups):
            return replace(record, received=(*record.received, transfer), groups=groups)
        case CopyErasureOrdered(home=home):
            return replace(record, to_erase=home)
        case CopyErased():
            return replace(record, done=True)
        case ErasureOrdered(to=to):
            return replace(record, erased=True, ordered=record.ordered | {*to})
        case ErasureDoneNoted():
            return record
        case TransferConfirmed() | KeyHeard() | RecordDue() | RecordSent() | ReceiptNoted():
            return _handed_over(record, event)
        case _:
            assert_never(event)


def _handed_over(record: Record, event: TransferConfirmed | KeyHeard | RecordDue | RecordSent | ReceiptNoted) -> Record:
    before = record.handover(event.transfer)
    match event:
        case TransferConfirmed(region=region):
            after = replace(before, region=region)
        case KeyHeard(region=region, key=key):
            after = replace(before, keys=(*before.keys, (region, key)))
        case RecordDue(region=region):
            after = replace(before, region=region, step="DUE")
        case RecordSent():
            after = replace(before, step="SENT")
        case ReceiptNoted():
            after = replace(before, step="RECEIVED")
        case _:
            assert_never(event)
    return record.with_handover(event.transfer, after)


def reads(command: RecordCommand) -> Iterable[Read]:
    if isinstance(command, OfferKey | ReceiveRecord | SendRecord):
        yield Read(WORKER, command.worker)
    if isinstance(command, NoteKey) and command.epoch:
        yield Read(LEDGER, command.worker)


RECORD: Final[Decider[RecordCommand, RecordEvent, Record]] = Decider(
    category="record", initial=Record(), decide=decide, evolve=evolve, events=RecordEvent, reads=reads
)
