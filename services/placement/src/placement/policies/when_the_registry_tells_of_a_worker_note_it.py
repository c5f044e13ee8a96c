"""When the registry tells something of a worker that placement looks at, it is noted."""

from collections.abc import Iterable
from typing import Any, Final

from contracts import persons
from eventcore import Do, Fact

from placement.transfers.persons import events
from placement.transfers.persons.person import PERSON, Note

FOREIGN: Final = persons.TOLD


def when_the_registry_tells_of_a_worker_note_it(fact: Fact[Any]) -> Iterable[Do[Note]]:
    noted: Iterable[events.PersonEvent] = persons.noted(fact.event, events)
    for event in noted:
        yield Do(PERSON, event.worker, Note(event=event))
