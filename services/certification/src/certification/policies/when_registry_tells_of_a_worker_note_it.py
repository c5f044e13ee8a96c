"""When the registry tells something of a worker that assessments look at, it is noted."""

from collections.abc import Iterable
from typing import Any, Final

from contracts import persons
from contracts.registry import DuplicateDecidedV1
from eventcore import Do, Fact

from certification.persons import events
from certification.persons.person import PERSON, Note

FOREIGN: Final = persons.TOLD


def when_registry_tells_of_a_worker_note_it(fact: Fact[Any]) -> Iterable[Do[Note]]:
    for event in _noted(fact.event):
        yield Do(PERSON, event.worker, Note(event=event))


def _noted(told: object) -> Iterable[events.PersonEvent]:
    as_all_do: Iterable[events.PersonEvent] = persons.noted(told, events)
    yield from as_all_do
    match told:
        case DuplicateDecidedV1(links=True, worker=worker, other=other, canonical=canonical):
            yield events.OtherNoted(worker=worker, other=other, same=canonical is not None)
