"""Both sides of many transfers, whose messages are late, doubled and overtaken, come to the same end."""

from typing import Final

from placement.offers.agreements.agreement import AGREEMENT
from placement.offers.agreements.state import HOME, side_key
from placement.offers.vacancies.state import HELD, TAKEN
from placement.offers.vacancies.vacancy import VACANCY
from placement.transfers.home import state as at_home
from placement.transfers.home.events import TransferConfirmed, TransferDispatched, TransferWithdrawn
from placement.transfers.home.transfer import TRANSFER
from placement.transfers.host import state as at_host
from placement.transfers.host.reception import RECEPTION
from placement.transfers.permission.events import ActingBegun, ActingEnding, StewardshipYielded
from placement.transfers.permission.permission import OPEN_TRANSFER, PERMISSION

from tests.simulation.transfer_world import COUNTIES, WORKERS, Both, both

SEEDS: Final = 10


def no_departure_before_the_confirmation(found: Both) -> None:
    confirmed = set()
    for fact in found.home.log.facts:
        match fact.event:
            case TransferConfirmed(way=way):
                confirmed.add(way.transfer)
            case TransferDispatched(way=way):
                assert way.transfer in confirmed


def no_seat_is_given_up_by_the_host_alone(found: Both) -> None:
    """From the acceptance on, until home has ended it or the worker has left."""
    seats = found.host.log.state(VACANCY, "v").seats
    for transfer in found.transfers():
        state = found.host.log.state(RECEPTION, transfer)
        if isinstance(state, at_host.Accepted | at_host.Confirmed | at_host.Expected | at_host.Arrived):
            assert seats.of(transfer) in (HELD, TAKEN)
    assert seats.in_use <= 2


def nothing_runs_when_it_was_yielded(found: Both) -> None:
    """Who yielded has nothing under way that has not left."""
    for worker in WORKERS:
        running = found.home.log.guards.get((OPEN_TRANSFER, worker))
        events = [each.event for each in found.home.log.facts if each.stream == PERMISSION.stream(worker)]
        if isinstance(events[-1] if events else None, StewardshipYielded) and running is not None:
            state = found.home.log.state(TRANSFER, running)
            assert isinstance(state, at_home.Dispatched | at_home.Arrived)
        assert not any(isinstance(each, ActingBegun) for each in events)


def both_sides_end_alike(found: Both) -> None:
    seats = found.host.log.state(VACANCY, "v").seats
    places = found.home.log.state(AGREEMENT, side_key("a", HOME)).places
    told = [each.event for each in found.home.log.facts]
    given_up = {each.way.transfer for each in told if isinstance(each, TransferWithdrawn)}
    for transfer in found.transfers():
        sent, received = found.home.log.state(TRANSFER, transfer), found.host.log.state(RECEPTION, transfer)
        if isinstance(received, at_host.Unknown):
            assert isinstance(sent, at_home.Ended)
            assert sent.ending == at_home.DROPPED
            continue
        there = isinstance(sent, at_home.Arrived) and isinstance(received, at_host.Arrived)
        if not there:
            assert isinstance(sent, at_home.Ended)
            assert isinstance(received, at_host.Ended)
            assert sent.ending == received.ending
        kept = there or sent.ending == at_home.EMPLOYED
        assert (seats.of(transfer) in (HELD, TAKEN)) == kept
        assert (transfer in places.used) == (kept and transfer not in given_up), "a death frees it before the job"
    for worker in WORKERS:
        events = [each.event for each in found.home.log.facts if each.stream == PERMISSION.stream(worker)]
        assert not isinstance(events[-1] if events else None, ActingEnding)


def lived_through(counties: tuple[str, str], seed: int) -> Both:
    """Some days of one seed, checked after every step."""
    found = both(counties, seed)
    for _ in range(400):
        found.step()
        no_seat_is_given_up_by_the_host_alone(found)
        nothing_runs_when_it_was_yielded(found)
    found.settle()
    no_departure_before_the_confirmation(found)
    no_seat_is_given_up_by_the_host_alone(found)
    nothing_runs_when_it_was_yielded(found)
    both_sides_end_alike(found)
    return found


def test_whatever_comes_first_both_sides_come_to_the_same_end_and_every_end_occurs() -> None:
    endings: set[str] = set()
    for where, counties in COUNTIES.items():
        for seed in range(SEEDS):
            try:
                found = lived_through(counties, seed)
            except AssertionError as error:
                raise AssertionError(f"{where}, seed {seed}") from error
            states = (found.home.log.state(TRANSFER, each) for each in found.transfers())
            endings |= {each.ending for each in states if isinstance(each, at_home.Ended)}
    assert endings == {"DROPPED", "REJECTED", "WITHDRAWN", "EXPIRED", "NOT_ARRIVED", "RETURNED", "EMPLOYED"}
