"""What must always hold between the provinces, and what must hold once everything has come to rest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from eventcore.facts import Fact
from placement.offers.vacancies.state import HELD, TAKEN, Closed, Open, Vacancy
from placement.offers.vacancies.vacancy import VACANCY
from placement.transfers.home import state as sent
from placement.transfers.home.events import TransferConfirmed, TransferDispatched
from placement.transfers.host import state as received
from placement.transfers.permission.permission import PERMISSION, Idle
from registry.stewardship.ledger import FIRST, LEDGER
from registry.stewardship.state import Granted, Holding
from registry.stewardship.tenure import TENURE
from registry.workers.worker import WORKER
from subsidy.claims.claim import CLAIM
from subsidy.money.payments.state import Account

from tests.simulation.memory import Broken
from tests.simulation.node import Node, all_streams
from tests.simulation.world import World

WATCHED: Final = ("registry", "placement", "subsidy")
SEATED: Final = (received.Accepted, received.Confirmed, received.Expected, received.Arrived)


@dataclass(slots=True, eq=False, repr=False)
class Watch:
    """Looks at what was written since it last looked, after every step."""

    home: str
    seen: dict[str, int] = field(default_factory=dict)

    def look(self, world: World) -> None:
        """Broken, where a promise is."""
        for province in world.provinces.values():
            for name in WATCHED:
                node = province.nodes[name]
                for fact in islice(node.log.facts, self.seen.get(node.name, 0), None):
                    self._look_at(world, node, fact)
                self.seen[node.name] = len(node.log.facts)

    def _look_at(self, world: World, node: Node, fact: Fact[Any]) -> None:
        kind, _, key = fact.stream.partition("-")
        if kind == "vacancy" and not fact.source:
            _never_more_than_seats(key, node.log.state(VACANCY, key))
        elif kind == "payment" and not fact.source:
            _never_paid_twice(world)
        elif kind in ("permission", "stewardship") and not fact.source:
            _never_two(world, self.home, key)


def _never_two(world: World, home: str, worker: str) -> None:
    """At no time do two provinces act for a worker, nor one under an epoch that home has given to another."""
    granted = world.node(home, "registry").log.state(LEDGER, worker)
    epoch, holder = (granted.epoch, granted.holder) if isinstance(granted, Granted) else (FIRST, home)
    for region, under in (acting := list(_acting(world, worker))):
        if (under, region) != (epoch, holder):
            raise Broken(f"{worker}: {region} acts in epoch {under}, {holder} holds epoch {epoch}")
    if len(acting) > 1:
        raise Broken(f"{worker}: {acting} act")


def _never_more_than_seats(vacancy: str, state: Vacancy) -> None:
    """A seat is never given twice."""
    if isinstance(state, Open | Closed) and state.seats.in_use > state.terms.heads:
        raise Broken(f"{vacancy}: {state.seats.in_use} of {state.terms.heads} seats are given")


def _never_paid_twice(world: World) -> None:
    """Nobody has the money of one occupation and level from two claims, in whatever provinces."""
    having: dict[str, str] = {}
    for region, province in world.provinces.items():
        node = province.nodes["subsidy"]
        for claim, account in all_streams(node, "payment"):
            if isinstance(account, Account) and account.paid > 0:
                worker = node.log.state(CLAIM, claim).opened.worker
                if worker in having:
                    raise Broken(f"{worker} is paid for {having[worker]} and for {claim} of {region}")
                having[worker] = f"{claim} of {region}"


def at_rest(world: World, home: str, host: str, workers: Sequence[str]) -> None:
    """Both histories agree."""
    if not world.settled():
        raise Broken("an envelope has no receipt")
    _dispatched_after_confirmed(world.node(home, "placement"))
    for transfer, state in all_streams(world.node(home, "placement"), "transfer"):
        _both_sides(world, host, transfer, state)
    _seats_fit(world, host)
    for worker in workers:
        _one_steward(world, home, worker)
        _deaths_agree(world, home, worker)


def _deaths_agree(world: World, home: str, worker: str) -> None:
    """Whom a province says to have died has died at home; and who told of a death, home or the province, is told when
    it is taken back."""
    registry = world.node(home, "registry")
    granted = registry.log.state(LEDGER, worker)
    if not isinstance(granted, Granted) or granted.death is None:
        return
    epoch, region = granted.death
    there = world.node(region, "registry").log
    if there.state(TENURE, worker).past.death != (home, epoch):
        raise Broken(f"{worker}: home has heard of a death that {region} did not tell, or has taken back")
    for name, found in ((home, registry.log.state(WORKER, worker)), (region, there.state(WORKER, worker))):
        if found.deceased_on is None:
            raise Broken(f"{worker}: lives in {name}, and {region} said otherwise")


def _acting(world: World, worker: str) -> Iterator[tuple[str, int]]:
    for region, province in world.provinces.items():
        found = province.nodes["placement"].log.state(PERMISSION, worker)
        if not isinstance(found, Idle):
            yield region, found.epoch


def _seats(state: Open | Closed) -> dict[str, str]:
    return dict(state.seats.by_transfer)


def _dispatched_after_confirmed(node: Node) -> None:
    confirmed: set[str] = set()
    for fact in node.log.facts:
        if isinstance(fact.event, TransferConfirmed):
            confirmed.add(fact.stream)
        if isinstance(fact.event, TransferDispatched) and fact.stream not in confirmed:
            raise Broken(f"{fact.stream} was dispatched before it was confirmed")


def _both_sides(world: World, host: str, transfer: str, here: Any) -> None:
    there = world.node(host, "placement").log.states.get(f"reception-{transfer}")
    if there is None:
        if not (isinstance(here, sent.Ended) and here.ending == sent.DROPPED):
            raise Broken(f"{transfer}: home says {here}, and the host never heard of it")
        return
    ended = isinstance(here, sent.Ended), isinstance(there.state, received.Ended)
    if ended[0] != ended[1] or (all(ended) and here.ending != there.state.ending):
        raise Broken(f"{transfer}: home says {here}, the host {there.state}")


def _seats_fit(world: World, host: str) -> None:
    """A seat is held while the host has accepted and home has not ended it, and taken by who is employed."""
    node = world.node(host, "placement")
    standing = {
        transfer: given
        for _, state in all_streams(node, "vacancy")
        if isinstance(state, Open | Closed)
        for transfer, given in _seats(state).items()
    }
    for transfer, state in all_streams(node, "reception"):
        employed = isinstance(state, received.Ended) and state.ending == sent.EMPLOYED
        wanted = HELD if isinstance(state, SEATED) else TAKEN if employed else None
        given = standing.get(transfer)
        if (given if given in (HELD, TAKEN) else None) != wanted:
            raise Broken(f"{transfer}: the host says {state}, its seat is {given}")


def _one_steward(world: World, home: str, worker: str) -> None:
    """Home's ledger names one, and that province, and no other, holds and acts."""
    granted = world.node(home, "registry").log.state(LEDGER, worker)
    epoch, holder = (granted.epoch, granted.holder) if isinstance(granted, Granted) else (FIRST, home)
    if isinstance(granted, Granted) and granted.coming != holder:
        raise Broken(f"{worker}: {granted.coming} still waits for {holder}")
    if list(_acting(world, worker)) != [(holder, epoch)]:
        raise Broken(f"{worker}: {holder} holds epoch {epoch}, and {list(_acting(world, worker))} act")
    if epoch == FIRST:
        return
    for region in world.provinces:
        tenure = world.node(region, "registry").log.state(TENURE, worker)
        if isinstance(tenure, Holding) != (region == holder):
            raise Broken(f"{worker}: {holder} holds epoch {epoch}, and {region} says {tenure}")
