"""When home grants its responsibility to this province, the tenure begins. A home whose log was restored asks when all
that it granted is held: in this reader's order that is said after it."""

from collections.abc import Iterable
from typing import Any

from contracts.roll import StewardsCalledV1
from contracts.stewardship import StewardshipGrantedV1
from eventcore import Do, Fact
from eventcore.roll import SayOfRoll, answered

from registry.stewardship.commands import Hold, TenureCommand
from registry.stewardship.events import StewardshipGranted
from registry.stewardship.tenure import TENURE
from registry.telling import teller


def when_stewardship_is_granted_hold_it(fact: Fact[Any]) -> Iterable[Do[TenureCommand] | Do[SayOfRoll]]:
    """Only home grants, and what it sends is granted to who gets it."""
    match fact.event:
        case StewardshipGranted(home=home, region=region) as granted if region == home:
            yield Do(TENURE, granted.worker, _hold(granted))
        case StewardshipGrantedV1(home=home, region=region, to=to) as granted:
            if teller(fact, "registry") == home and to == (region,):
                yield Do(TENURE, granted.worker, _hold(granted))
        case StewardsCalledV1(incarnation=incarnation) if caller := teller(fact, "registry"):
            yield answered(incarnation, caller)


def _hold(granted: StewardshipGranted | StewardshipGrantedV1) -> Hold:
    return Hold(
        worker=granted.worker,
        home=granted.home,
        epoch=granted.epoch,
        region=granted.region,
        organisation=granted.organisation,
    )
