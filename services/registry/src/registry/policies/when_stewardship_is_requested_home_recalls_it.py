"""When another province asks for the responsibility, home recalls it from who holds it."""

from collections.abc import Iterable
from typing import Any

from contracts.stewardship import StewardshipRequestedV1
from eventcore import Do, Fact

from registry.stewardship.commands import LedgerCommand, SeekStewardship
from registry.stewardship.ledger import LEDGER
from registry.telling import teller


def when_stewardship_is_requested_home_recalls_it(fact: Fact[Any]) -> Iterable[Do[LedgerCommand]]:
    """A province asks for itself."""
    match fact.event:
        case StewardshipRequestedV1(region=region) as asked if teller(fact, "registry") == region:
            command = SeekStewardship(
                worker=asked.worker,
                home=asked.home,
                region=region,
                ground=asked.ground,
                employment=asked.employment,
                organisation=asked.organisation,
            )
            yield Do(LEDGER, asked.worker, command)
