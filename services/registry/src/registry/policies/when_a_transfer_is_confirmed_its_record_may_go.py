"""When home confirmed a transfer, and the host has offered a key, the record of the worker may go there; or when the
province that is responsible has."""

from collections.abc import Iterable
from typing import Any

from contracts.identity import KeyOfferedV1
from contracts.region import province_of
from contracts.transfer import ConfirmedV1
from eventcore import Do, Fact

from registry.records.commands import NoteConfirmed, NoteKey, RecordCommand
from registry.records.record import RECORD
from registry.telling import teller


def when_a_transfer_is_confirmed_its_record_may_go(fact: Fact[Any]) -> Iterable[Do[RecordCommand]]:
    """The own placement confirms, for workers of this province; within it nothing has to go."""
    match fact.event:
        case ConfirmedV1(worker=worker, transfer=transfer) as confirmed:
            home, host = province_of(confirmed.home), province_of(confirmed.host)
            if home != host and teller(fact, "placement") == home:
                yield Do(RECORD, worker, NoteConfirmed(worker=worker, transfer=transfer, region=host))
        case KeyOfferedV1(worker=worker, transfer=transfer) as offered if region := teller(fact, "registry"):
            key = NoteKey(worker=worker, transfer=transfer, region=region, key=offered.key, epoch=offered.epoch)
            yield Do(RECORD, worker, key)
