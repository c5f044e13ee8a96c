"""Three provinces under every fault: `make simulation` runs as many seeds as it is asked for, `make test` a few."""

import os
import sys
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from placement.app import SERVICE as PLACEMENT
from placement.transfers.home import state as sent
from registry.app import SERVICE as REGISTRY
from registry.stewardship.events import StewardDeathNoted, StewardDeathWithdrawalNoted, StewardshipDeathWithdrawn
from subsidy.app import SERVICE as SUBSIDY
from subsidy.money.payments.state import Account

from tests.simulation.chance import Faults
from tests.simulation.memory import Broken
from tests.simulation.node import all_streams
from tests.simulation.offices import Offices
from tests.simulation.people import OTHER, OWN, THIRD, People, people
from tests.simulation.promises import Watch, at_rest
from tests.simulation.world import World, world

pytestmark = pytest.mark.slow
SEEDS: Final = int(os.environ.get("LB_SIMULATION_SEEDS", "50"))
FIRST: Final = int(os.environ.get("LB_SIMULATION_FIRST", "1"))
ACTS: Final = 150
QUIET: Final = 15
"""Acts after which everybody hears what was said."""
MONTH: Final = 24 * 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """What became of a seed."""

    commands: int
    digest: str
    endings: frozenset[str]
    paid_in: frozenset[str]
    told: frozenset[str]
    """Kinds of facts of home's registry."""
    series: int
    """The longest line of series to one province."""


@lru_cache(maxsize=64)
def lived(seed: int) -> Lived:
    """A world in which much was done, at rest. Broken, with its seed, where a promise was broken."""
    with TemporaryDirectory() as folder:
        the_world = world((OWN, OTHER, THIRD), (REGISTRY, PLACEMENT, SUBSIDY), seed, Path(folder), Faults())
        here = people(the_world)
        the_world.check = Watch(OWN).look
        try:
            _live(the_world, here)
            at_rest(the_world, OWN, OTHER, here.workers)
        except Broken as broken:
            raise Broken(f"seed {seed}: {broken}") from broken
    transfers = all_streams(the_world.node(OWN, "placement"), "transfer")
    return Lived(
        commands=the_world.commands(),
        digest=the_world.digest(),
        endings=frozenset(state.ending for _, state in transfers if isinstance(state, sent.Ended)),
        paid_in=frozenset(region for region in (OWN, OTHER) if _paid(the_world, region)),
        told=frozenset(fact.event.type for fact in the_world.node(OWN, "registry").log.facts if not fact.source),
        series=max(line.series for line in the_world.lines),
    )


def _live(the_world: World, here: People) -> None:
    offices = Offices(here)
    here.settle_in()
    offices.settle_in()
    for n in range(ACTS):
        (offices if n % 3 == 0 else here).act()
        if n % QUIET == 0:
            here.rest(the_world.chance.number(1, 12))
        the_world.run(the_world.chance.number(0, 60))
    here.rest(MONTH)


def _paid(the_world: World, region: str) -> bool:
    accounts = all_streams(the_world.node(region, "subsidy"), "payment")
    return any(isinstance(account, Account) and account.executed for _, account in accounts)


def _batches(size: int = 10) -> list[range]:
    return [range(first, min(first + size, FIRST + SEEDS)) for first in range(FIRST, FIRST + SEEDS, size)]


@pytest.mark.parametrize("seeds", _batches(), ids=lambda seeds: f"{seeds[0]}-{seeds[-1]}")
def test_nobody_is_acted_for_or_paid_twice_and_all_histories_agree_in_the_end(seeds: range) -> None:
    began = time.process_time()
    commands = sum(lived(seed).commands for seed in seeds)
    spent = time.process_time() - began
    print(f"seeds {seeds[0]}-{seeds[-1]}: {commands:,} commands, {commands / max(spent, 1e-9):,.0f}/s", file=sys.stderr)


def test_every_ending_occurs_both_provinces_pay_deaths_are_taken_back_and_keys_are_lost() -> None:
    """Else the promises would be kept by worlds in which nothing happens."""
    found = [lived(seed) for seed in range(1, 51)]
    endings = {sent.REJECTED, sent.WITHDRAWN, sent.EXPIRED, sent.NOT_ARRIVED, sent.RETURNED, sent.EMPLOYED}
    assert frozenset().union(*(each.endings for each in found)) >= endings
    assert frozenset().union(*(each.paid_in for each in found)) == {OWN, OTHER}
    told = frozenset().union(*(each.told for each in found))
    assert told >= {StewardDeathNoted.type, StewardDeathWithdrawalNoted.type, StewardshipDeathWithdrawn.type}
    assert max(each.series for each in found) > 2


def test_a_seed_is_lived_again_bit_by_bit() -> None:
    one = lived(7).digest
    lived.cache_clear()
    assert lived(7).digest == one != lived(8).digest
