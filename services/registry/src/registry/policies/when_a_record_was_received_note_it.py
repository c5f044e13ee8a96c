"""When the host has the record, its receipt is noted for the person's own file."""

from collections.abc import Iterable
from typing import Any

from contracts.identity import RecordReceivedV1
from eventcore import Do, Fact

from registry.records.commands import NoteReceipt, RecordCommand
from registry.records.record import RECORD
from registry.telling import teller


def when_a_record_was_received_note_it(fact: Fact[Any]) -> Iterable[Do[RecordCommand]]:
    match fact.event:
        case RecordReceivedV1(worker=worker, transfer=transfer) if region := teller(fact, "registry"):
            yield Do(RECORD, worker, NoteReceipt(worker=worker, transfer=transfer, region=region))
