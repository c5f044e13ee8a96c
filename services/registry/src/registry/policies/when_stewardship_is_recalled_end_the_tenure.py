"""When home asks its responsibility back, or has taken it back, the tenure ends; so does that of a home that had
granted it and forgot."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from contracts.stewardship import StewardshipRecalledV1, StewardshipTakenBackV1
from contracts.stewardship_codes import ORDER
from eventcore import Do, Fact

from registry.stewardship.commands import End, TenureCommand
from registry.stewardship.events import StewardshipRecalled, StewardshipRecovered
from registry.stewardship.tenure import TENURE
from registry.telling import teller


def when_stewardship_is_recalled_end_the_tenure(fact: Fact[Any]) -> Iterable[Do[TenureCommand]]:
    """Only home can. Whatever it held itself was of an epoch before the one that another province holds."""
    match fact.event:
        case StewardshipRecalled(home=home, region=region) as recalled if region == home:
            yield Do(TENURE, recalled.worker, _end(recalled, recalled.ground, successor=recalled.successor, own=True))
        case StewardshipRecovered(home=home, region=region) as lost if region != home:
            before = replace(lost, epoch=lost.epoch - 1)
            yield Do(TENURE, lost.worker, _end(before, ORDER, successor=region, own=True))
        case StewardshipRecalledV1(home=home) as recalled if teller(fact, "registry") == home:
            yield Do(TENURE, recalled.worker, _end(recalled, recalled.ground, successor=home, own=False))
        case StewardshipTakenBackV1(home=home) as taken if teller(fact, "registry") == home:
            yield Do(TENURE, taken.worker, _end(taken, ORDER, successor=home, own=False))


def _end(
    event: StewardshipRecalled | StewardshipRecovered | StewardshipRecalledV1 | StewardshipTakenBackV1,
    ground: str,
    *,
    successor: str,
    own: bool,
) -> End:
    return End(
        worker=event.worker,
        home=event.home,
        epoch=event.epoch,
        ground=ground,
        own=own,
        successor=successor,
        organisation=event.organisation,
    )
