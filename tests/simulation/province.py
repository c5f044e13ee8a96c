"""One province: its services and its own Kafka."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from eventcore.service import Service

from tests.simulation.chance import Chance, Faults
from tests.simulation.kafka import Feed
from tests.simulation.node import Node, node

STEP = 8
"""Facts that a reader answers before another part of the province gets a turn, at most."""


@dataclass(slots=True, eq=False, repr=False)
class Province:
    """Services by name, and what they take in of each other."""

    region: str
    nodes: dict[str, Node]
    feeds: list[Feed]
    down: dict[str, datetime] = field(default_factory=dict)
    """Services that are down, and until when."""

    def step(self, chance: Chance, faults: Faults, now: datetime) -> bool:
        """One part of the province does some work. False: nothing is left to do."""
        choices = self._choices(now)
        if not choices:
            return False
        kind, which = chance.one(choices)
        match which:
            case Feed() as feed:
                feed.take(chance, now)
            case Node() as node if kind == "relay":
                node.relay(chance.number(1, STEP))
            case Node() as node if kind == "timers":
                node.ring(now)
            case Node() as node:
                node.read(chance.one(node.ready), chance.number(1, STEP), now)
        if chance.happens(faults.crashes):
            self._crash(chance.one(list(self.nodes.values())), chance, now)
        return True

    def next_timer(self) -> datetime | None:
        """When something is due."""
        return min((at for each in self.nodes.values() if (at := each.log.soonest())), default=None)

    def _choices(self, now: datetime) -> list[tuple[str, Node | Feed]]:
        found: list[tuple[str, Node | Feed]] = []
        for each in self.nodes.values():
            if self.down.get(each.name, now) > now:
                continue
            if each.unsent:
                found.append(("relay", each))
            if each.ready:
                found.append(("policies", each))
            soonest = each.log.soonest()
            if soonest is not None and soonest <= now:
                found.append(("timers", each))
        up = (feed for feed in self.feeds if feed.left and self.down.get(feed.target.name, now) <= now)
        return [*found, *(("inbox", feed) for feed in up)]

    def _crash(self, node: Node, chance: Chance, now: datetime) -> None:
        """Its work was durable before it was told: what it reads comes again, and it is away for a while."""
        for feed in self.feeds:
            if feed.target is node:
                feed.crash(chance)
        self.down[node.name] = now + timedelta(seconds=chance.seconds(30))


def province(region: str, services: Sequence[Service]) -> Province:
    """Services of a province, each with an empty log; each takes in what it follows of the others."""
    nodes = {each.name: node(each, region) for each in services}
    feeds: list[Feed] = []
    for source in nodes.values():
        for target in nodes.values():
            topics = frozenset(topic for topic in target.service.follows if topic.startswith(f"{source.service.name}."))
            if topics and source is not target:
                feeds.append(Feed(target, topics))
                source.feeds.append(feeds[-1])
    return Province(region, nodes, feeds)
