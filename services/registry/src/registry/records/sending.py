"""Home's side: the record goes when the transfer is confirmed and its host has offered a key, in whatever order; and to
the province that is responsible for the worker, where none came there by a transfer. A host that sends a guest onward
does the same in home's place."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from contracts.memberships import groups_on
from eventcore import Seen

from registry.privacy.state import PersonalDataGone
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
from registry.records.state import Handover, Record, by_grant
from registry.stewardship.ledger import LEDGER
from registry.stewardship.state import Granted
from registry.workers.state import Registered
from registry.workers.worker import WORKER


def decide(command: HomeCommand, record: Record, seen: Seen) -> Sequence[RecordEvent]:
    match command:
        case NoteConfirmed():
            return _confirmed(command, record)
        case NoteKey():
            return _key(command, record, seen)
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


def _key(command: NoteKey, record: Record, seen: Seen) -> Sequence[RecordEvent]:
    """After an erasure the key is answered by the order to destroy it."""
    before = record.handover(command.transfer)
    if any(region == command.region for region, _ in before.keys):
        return []
    if before.region not in (None, command.region) or not _may_ask(command, seen):
        raise refusals.NotTheHost
    heard = KeyHeard(worker=command.worker, transfer=command.transfer, region=command.region, key=command.key)
    if record.erased:
        return [heard, ErasureOrdered(worker=command.worker, to=(command.region,))]
    keys = (*before.keys, (command.region, command.key))
    region = before.region if command.epoch is None else command.region
    return [heard, *_due(command, replace(before, region=region, keys=keys), record)]


def _may_ask(command: NoteKey, seen: Seen) -> bool:
    """For a transfer everybody; without one, who is responsible by home's own ledger."""
    if command.epoch is None:
        return True
    ledger = seen.state(LEDGER, command.worker)
    is_holder = isinstance(ledger, Granted) and (ledger.epoch, ledger.holder) == (command.epoch, command.region)
    return is_holder and command.transfer == by_grant(command.worker, command.epoch)


def _due(command: NoteConfirmed | NoteKey, after: Handover, record: Record) -> Sequence[RecordEvent]:
    if after.region is None or after.key is None or record.erased:
        return []
    return [RecordDue(worker=command.worker, transfer=command.transfer, region=after.region, key=after.key)]


def _send(command: SendRecord, record: Record, seen: Seen) -> Sequence[RecordEvent]:
    handover = record.handover(command.transfer)
    if handover.step != "DUE" or handover.region is None:
        return []
    worker = seen.state(WORKER, command.worker)
    if record.erased or worker.privacy.erased:
        raise PersonalDataGone
    surveyed = worker if isinstance(worker, Registered) and worker.findings else None
    return [
        RecordSent(
            worker=command.worker,
            transfer=command.transfer,
            region=handover.region,
            disclosure=command.disclosure,
            record=command.record,
            groups=groups_on(surveyed.groups, command.today) if surveyed else record.groups,
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
