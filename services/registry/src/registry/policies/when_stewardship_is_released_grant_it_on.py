"""When the holder has released, home grants the next epoch to whom it is due."""

from collections.abc import Iterable
from typing import Any

from contracts.stewardship import StewardshipReleasedV1
from eventcore import Do, Fact

from registry.stewardship.commands import LedgerCommand, NoteRelease
from registry.stewardship.ledger import LEDGER
from registry.stewardship.tenure_events import TenureReleased
from registry.telling import teller


def when_stewardship_is_released_grant_it_on(fact: Fact[Any]) -> Iterable[Do[LedgerCommand]]:
    match fact.event:
        case TenureReleased(worker=worker, home=home, to=()) as released:
            yield Do(LEDGER, worker, _noted(released, home))
        case StewardshipReleasedV1(worker=worker) as released if province := teller(fact, "registry"):
            yield Do(LEDGER, worker, _noted(released, province))


def _noted(released: TenureReleased | StewardshipReleasedV1, region: str) -> NoteRelease:
    return NoteRelease(worker=released.worker, epoch=released.epoch, region=region, organisation=released.organisation)
