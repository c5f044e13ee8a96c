"""When a person's data are erased, they are wherever the record was sent on to, and that is heard when it is done."""

from collections.abc import Iterable
from typing import Any

from contracts.identity import ErasureDoneV1, ErasureOrderedV1
from eventcore import Do, Fact

from registry.privacy.events import PersonalDataErased
from registry.records.commands import NoteErasureDone, OrderCopyErasure, OrderErasure, RecordCommand
from registry.records.record import RECORD
from registry.telling import teller


def when_personal_data_are_erased_so_are_the_copies(fact: Fact[Any]) -> Iterable[Do[RecordCommand]]:
    match fact.event:
        case PersonalDataErased(worker=worker):
            yield Do(RECORD, worker, OrderErasure(worker=worker))
        case ErasureOrderedV1(worker=worker) if by := teller(fact, "registry"):
            yield Do(RECORD, worker, OrderCopyErasure(worker=worker, by=by))
        case ErasureDoneV1(worker=worker, kept_for=kept_for) if region := teller(fact, "registry"):
            yield Do(RECORD, worker, NoteErasureDone(worker=worker, region=region, kept_for=kept_for))
