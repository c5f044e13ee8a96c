"""When the registry holds a worker's grant, placement begins to act; when it is about to release it, placement ends.

Registering a worker at home is the first grant; no other fact says it.
"""

from collections.abc import Iterable
from typing import Any, Final

from contracts.region import province_of
from contracts.registry import WorkerRegisteredV1
from contracts.stewardship import StewardshipEndingV1, StewardshipGrantedV1, StewardshipHeldV1
from eventcore import Do, Fact

from placement.transfers.permission.permission import (
    PERMISSION,
    BeginActing,
    EndActing,
    NoteHolder,
    PermissionCommand,
)

FOREIGN: Final = (
    WorkerRegisteredV1.type,
    StewardshipHeldV1.type,
    StewardshipEndingV1.type,
    StewardshipGrantedV1.type,
)
FIRST: Final = 1


def when_the_registry_moves_a_stewardship_begin_or_end_acting(fact: Fact[Any]) -> Iterable[Do[PermissionCommand]]:
    match fact.event:
        case WorkerRegisteredV1(worker=worker, household_region=region) if province_of(region) == _own(fact):
            yield Do(PERMISSION, worker, BeginActing(worker=worker, epoch=FIRST))
        case StewardshipHeldV1(worker=worker, epoch=epoch):
            yield Do(PERMISSION, worker, BeginActing(worker=worker, epoch=epoch))
        case StewardshipEndingV1(worker=worker, epoch=epoch):
            yield Do(PERMISSION, worker, EndActing(worker=worker, epoch=epoch))
        case StewardshipGrantedV1(worker=worker, epoch=epoch, region=region):
            yield Do(PERMISSION, worker, NoteHolder(worker=worker, epoch=epoch, region=region))


def _own(fact: Fact[Any]) -> str:
    """The own province: only its registry is heard here (`/cn/520000/registry`)."""
    return fact.source.split("/")[2]
