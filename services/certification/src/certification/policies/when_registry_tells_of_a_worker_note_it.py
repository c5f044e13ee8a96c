"""When the registry tells something of a worker that assessments look at, it is noted."""

from collections.abc import Iterable
from typing import Any, Final

from contracts import memberships
from contracts.registry import (
    DuplicateDecidedV1,
    PersonalDataErasedV1,
    UseRestrictedV1,
    UseRestrictionEndedV1,
    WorkerDeathWithdrawnV1,
    WorkerDeceasedV1,
    WorkerGroupAssignedV1,
    WorkerGroupEndedV1,
    WorkerGroupWithdrawnV1,
    WorkerMovedV1,
    WorkerRegisteredV1,
)
from eventcore import Do, Fact

from certification.persons.events import (
    DeathTakenBack,
    GroupForgotten,
    GroupNoted,
    OtherNoted,
    PersonEnded,
    PersonEvent,
    PersonKnown,
    PersonLinked,
    PersonMoved,
    UseNoted,
)
from certification.persons.person import DECEASED, PERSON, Note

FOREIGN: Final = (
    WorkerRegisteredV1.type,
    WorkerMovedV1.type,
    WorkerGroupAssignedV1.type,
    WorkerGroupEndedV1.type,
    WorkerGroupWithdrawnV1.type,
    DuplicateDecidedV1.type,
    UseRestrictedV1.type,
    UseRestrictionEndedV1.type,
    WorkerDeceasedV1.type,
    WorkerDeathWithdrawnV1.type,
    PersonalDataErasedV1.type,
)


def when_registry_tells_of_a_worker_note_it(fact: Fact[Any]) -> Iterable[Do[Note]]:
    for event in _noted(fact.event):
        yield Do(PERSON, event.worker, Note(event=event))


def _noted(told: object) -> Iterable[PersonEvent]:
    match told:
        case WorkerRegisteredV1(worker=worker, household_region=region):
            groups = tuple(memberships.told(each) for each in told.groups)
            yield PersonKnown(worker=worker, household_region=region, groups=groups)
        case WorkerMovedV1(worker=worker, household_region=region):
            yield PersonMoved(worker=worker, household_region=region)
        case WorkerGroupAssignedV1(worker=worker) | WorkerGroupEndedV1(worker=worker):
            yield GroupNoted(worker=worker, membership=memberships.told(told))
        case WorkerGroupWithdrawnV1(worker=worker, group=group, valid_from=valid_from):
            yield GroupForgotten(worker=worker, group=group, valid_from=valid_from)
        case DuplicateDecidedV1(links=True, worker=worker, other=other):
            yield PersonLinked(worker=other, canonical=told.canonical)
            yield OtherNoted(worker=worker, other=other, same=told.canonical is not None)
        case UseRestrictedV1(worker=worker, until=until):
            yield UseNoted(worker=worker, restricted=True, until=until)
        case UseRestrictionEndedV1(worker=worker):
            yield UseNoted(worker=worker, restricted=False, until=None)
        case WorkerDeceasedV1(worker=worker):
            yield PersonEnded(worker=worker, ground=DECEASED)
        case WorkerDeathWithdrawnV1(worker=worker):
            yield DeathTakenBack(worker=worker)
        case PersonalDataErasedV1(worker=worker):
            yield PersonEnded(worker=worker, ground="ERASED")
