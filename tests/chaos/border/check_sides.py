"""Both histories of every transfer agree, nobody left before home had confirmed, and a seat has one worker. Plain
Python: shares no code with the services."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tests.chaos.border.evidence import Evidence, Node
from tests.chaos.border.plan import HOME, HOST, node
from tests.chaos.evidence import Event

Lines = Iterator[str]
_HOME: Final = {
    "transfer-proposed": "PROPOSED",
    "transfer-dropped": "DROPPED",
    "transfer-nominated": "NOMINATED",
    "transfer-rejected": "REJECTED",
    "transfer-confirmed": "CONFIRMED",
    "transfer-withdrawn": "WITHDRAWN",
    "transfer-expired": "EXPIRED",
    "transfer-dispatched": "DISPATCHED",
    "transfer-arrived": "ARRIVED",
    "transfer-missed": "NOT_ARRIVED",
    "transfer-returned": "RETURNED",
    "transfer-completed": "EMPLOYED",
}
_HOST: Final = {
    "reception-opened": "NOMINATED",
    "reception-seat-asked": "SEAT_ASKED",
    "reception-accepted": "ACCEPTED",
    "reception-rejected": "REJECTED",
    "reception-confirmed": "CONFIRMED",
    "reception-expected": "DISPATCHED",
    "reception-arrived": "ARRIVED",
    "reception-not-arrived": "NOT_ARRIVED",
    "reception-returned": "RETURNED",
    "reception-employed": "EMPLOYED",
}
"""Event -> where the transfer stands after it; all others leave it where it is."""
_OVER: Final = {"DROPPED", "REJECTED", "WITHDRAWN", "EXPIRED", "NOT_ARRIVED", "RETURNED", "EMPLOYED"}
_SEATED: Final = {"CONFIRMED": "held", "DISPATCHED": "held", "ARRIVED": "held", "EMPLOYED": "taken"}
_SEATS: Final = {f"vacancy-seat-{word}": word for word in ("held", "refused", "taken", "freed")}


def check(evidence: Evidence) -> Lines:
    home, host = (evidence.nodes[node("placement", region)] for region in (HOME, HOST))
    sent, received = home.streams("transfer"), host.streams("reception")
    here = {transfer: standing(events, _HOME) for transfer, events in sent.items()}
    there = {transfer: standing(events, _HOST) for transfer, events in received.items()}
    for transfer in sorted(here.keys() | there.keys()):
        unheard = here.get(transfer) == "DROPPED" and transfer not in there
        if here.get(transfer) != there.get(transfer) and not unheard:
            yield f"{transfer}: home says {here.get(transfer)}, the host {there.get(transfer)}"
    for transfer, events in sent.items():
        yield from (f"{transfer}: {line}" for line in _in_order(events))
    yield from _one_open(sent)
    yield from _seats(host, there)


def standing(events: Sequence[Event], words: Mapping[str, str]) -> str:
    """After the last event that moves it."""
    found = [words[each.type] if each.type in words else each.body.get("ending", "") for each in events]
    return next((word for word in reversed(found) if word), "")


def _in_order(events: Sequence[Event]) -> Lines:
    """It goes away once, after it was confirmed, and ends once."""
    kinds = [each.type for each in events]
    if "transfer-dispatched" in kinds and "transfer-confirmed" not in kinds[: kinds.index("transfer-dispatched")]:
        yield "it was dispatched before it was confirmed"
    yield from (f"{kind} twice" for kind in ("transfer-confirmed", "transfer-dispatched") if kinds.count(kind) > 1)
    if len(ends := [kind for kind in kinds if _HOME.get(kind) in _OVER]) > 1:
        yield f"it ended twice: {ends}"


def _one_open(sent: Mapping[str, Sequence[Event]]) -> Lines:
    """A worker has one open transfer at a time, in the order of the log."""
    last: dict[str, tuple[int, str]] = {}
    spans = []
    for transfer, events in sent.items():
        over = next((each.position for each in events if _HOME.get(each.type) in _OVER), None)
        spans.append((events[0].position, over, transfer, events[0].body["plan"]["way"]["worker"]))
    for began, over, transfer, worker in sorted(spans, key=lambda span: span[0]):
        until, other = last.get(worker, (0, ""))
        if began < until:
            yield f"{worker} is in {other} and in {transfer}"
        last[worker] = (over if over is not None else 1 << 62, transfer)


def _seats(host: Node, there: Mapping[str, str]) -> Lines:
    """At no position are there more than the vacancy has; at rest each belongs to who is to come, or came."""
    at_rest: dict[str, str] = {}
    for vacancy, events in host.streams("vacancy").items():
        heads, seats = 0, defaultdict[str, str](str)
        for event in events:
            heads = event.body["terms"]["heads"] if "terms" in event.body else heads
            if word := _SEATS.get(event.type):
                seats[event.body["transfer"]] = word
            if (in_use := sum(word in ("held", "taken") for word in seats.values())) > heads:
                yield f"{event.id}: {in_use} of {heads} seats of {vacancy} are given"
        at_rest |= seats
    for transfer, state in there.items():
        given = at_rest.get(transfer, "")
        if (given if given in ("held", "taken") else None) != _SEATED.get(state):
            yield f"{transfer}: the host says {state}, its seat is {given or 'nowhere'}"
