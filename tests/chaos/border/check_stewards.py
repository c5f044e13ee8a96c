"""Never two, and exactly one: over the merged histories of both provinces nobody acts for a worker while another may,
and home's ledger names one province at every time. Plain Python: shares no code with the services.

Everything runs on one machine, so the true time of every event is known, however wrong the provinces' clocks are.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations, pairwise
from typing import Final

from tests.chaos.border.evidence import Evidence, Node
from tests.chaos.border.plan import HOME
from tests.chaos.evidence import Event

Lines = Iterator[str]
FIRST: Final = 1
"""The epoch of registration."""
_BEGUN: Final = {"permission-begun", "worker-registered", "acting-resumed"}
_YIELDED: Final = {"permission-yielded", "acting-yielded"}
_DEEDS: Final = {
    "transfer-proposed": "placement",
    "unemployment-registered": "placement",
    "wishes-recorded": "registry",
}
"""What only the responsible province does, and in which service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A service of a province acts for a worker, from one event to another."""

    worker: str
    region: str
    service: str
    epoch: int
    began: datetime
    ended: datetime | None
    first: int
    last: int | None
    """Positions in its log."""

    def overlaps(self, other: "Spell") -> bool:
        return (other.ended is None or self.began < other.ended) and (self.ended is None or other.began < self.ended)

    def __str__(self) -> str:
        return f"{self.service} of {self.region} in epoch {self.epoch}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    epoch: int
    region: str
    at: datetime


def check(evidence: Evidence) -> Lines:
    spells: dict[str, list[Spell]] = defaultdict(list)
    for each in evidence.nodes.values():
        for spell in spells_of(each):
            spells[spell.worker].append(spell)
    released = {(each.region, key, event.body["epoch"]): each.when(event) for each in evidence.of("registry")
                for key, events in each.streams("tenure").items() for event in events
                if event.type == "tenure-released"}  # fmt: skip
    for worker, grants in grants_of(evidence.ledgers).items():
        yield from (f"{worker}: {line}" for line in _one_at_a_time(worker, grants, released))
        yield from (f"{worker}: {line}" for line in _granted(grants, spells[worker]))
        yield from (f"{worker}: {line}" for line in _at_rest(grants[-1], spells[worker]))
    for worker, found in spells.items():
        yield from (
            f"{worker}: {one} while {other}"
            for one, other in combinations(found, 2)
            if one.region != other.region and one.overlaps(other)
        )
    for each in evidence.nodes.values():
        yield from _deeds(each, spells)
    yield from _nobody_waits(evidence.ledgers)


def spells_of(node: Node) -> Iterator[Spell]:
    """Those of a service: a registry acts in the workers' own streams, guests among them."""
    kind = "permission" if node.service == "placement" else "worker"
    for worker, events in node.streams(kind).items():
        begun: Event | None = None
        for event in events:
            if event.type in _BEGUN:
                begun = event
            elif event.type in _YIELDED and begun:
                yield _spell(node, worker, begun, event)
                begun = None
        if begun:
            yield _spell(node, worker, begun, None)


def _spell(node: Node, worker: str, begun: Event, ended: Event | None) -> Spell:
    return Spell(
        worker=worker, region=node.region, service=node.service, epoch=begun.body.get("epoch", FIRST),
        began=node.when(begun), ended=node.when(ended) if ended else None,
        first=begun.position, last=ended.position if ended else None,
    )  # fmt: skip


def grants_of(ledgers: Node) -> Mapping[str, list[Grant]]:
    """By worker, in the order of the ledger; registration is the first, to home."""
    ledger = ledgers.streams("stewardship")
    found: dict[str, list[Grant]] = {}
    for worker, events in ledgers.streams("worker").items():
        registered = [each for each in events if each.type == "worker-registered"]
        granted = [each for each in ledger.get(worker, ()) if each.type == "stewardship-granted"]
        grants = [Grant(epoch=g.body["epoch"], region=g.body["region"], at=ledgers.when(g)) for g in granted]
        first = [Grant(epoch=FIRST, region=HOME, at=ledgers.when(each)) for each in registered]
        found[worker] = [*first, *(each for each in grants if (each.epoch, each.region) != (FIRST, HOME))]
    return {worker: grants for worker, grants in found.items() if grants}


def _one_at_a_time(worker: str, grants: Sequence[Grant], released: Mapping[tuple[str, str, int], datetime]) -> Lines:
    """Each grant is the next, and comes after the release of the one before."""
    if [each.epoch for each in grants] != [*range(FIRST, len(grants) + 1)]:
        yield f"the ledger's epochs are {[each.epoch for each in grants]}"
    for before, after in pairwise(grants):
        given_back = released.get((before.region, worker, before.epoch))
        if given_back is None or given_back > after.at:
            yield f"epoch {after.epoch} is granted before {before.region} has released {before.epoch}"


def _granted(grants: Sequence[Grant], spells: Sequence[Spell]) -> Lines:
    """Nobody acts without a grant, or before it, or when the next epoch is granted."""
    by_epoch = {each.epoch: each for each in grants}
    for spell in spells:
        grant, following = by_epoch.get(spell.epoch), by_epoch.get(spell.epoch + 1)
        if grant is None or grant.region != spell.region or grant.at > spell.began:
            yield f"{spell} acts without a grant"
        if following and (spell.ended is None or spell.ended > following.at):
            yield f"{spell} still acts when epoch {following.epoch} is granted"


def _at_rest(grant: Grant, spells: Sequence[Spell]) -> Lines:
    """Who is responsible acts, in every service that does; nobody else."""
    acting = {(each.region, each.service, each.epoch) for each in spells if each.ended is None}
    if acting != {(grant.region, service, grant.epoch) for service in ("placement", "registry")}:
        yield f"{grant.region} holds epoch {grant.epoch}, and {sorted(acting)} act"


def _deeds(node: Node, spells: Mapping[str, Sequence[Spell]]) -> Lines:
    """Between the events that begin and end acting, in the order of the log itself. A loss is registered by who was
    responsible when the job ended, also where it is not any more."""
    lost: dict[str, int] = {}
    for event in node.log.events:
        if event.type == "employment-ended" and event.body["responsible"]:
            lost[event.body["terms"]["worker"]] = event.position
        if _DEEDS.get(event.type) != node.service or event.body.get("basis", "OFFICE") != "OFFICE":
            continue
        worker = event.body["plan"]["way"]["worker"] if "plan" in event.body else event.body["worker"]
        at = lost.get(worker, event.position) if event.type == "unemployment-registered" else event.position
        under = [
            each.epoch
            for each in spells.get(worker, ())
            if (each.region, each.service) == (node.region, node.service)
            and each.first < at
            and (each.last is None or at < each.last)
        ]
        if not under or event.body.get("epoch", under[0]) != under[0]:
            yield f"{event.id}: {event.type} by {node.region}, which does not act"


def _nobody_waits(ledgers: Node) -> Lines:
    """Whoever was asked to release has done so, or has refused with a reason."""
    for worker, events in ledgers.streams("stewardship").items():
        kinds = [each.type for each in events]
        last = len(kinds) - 1 - kinds[::-1].index("stewardship-granted")
        since = {*kinds[last:]}
        if "stewardship-sought" in since and "stewardship-recall-refusal-noted" not in since:
            yield f"{worker}: a recall is still open"
