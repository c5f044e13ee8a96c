"""One service of one province, run by hand: its policies, its timers, its relay, and its inbox, a step at a time."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from contracts.cloudevents import source_of
from eventcore.call import Fired, Outcome
from eventcore.decider import Decider
from eventcore.desk import Order, Task
from eventcore.facts import Fact, Meta, category_of
from eventcore.readers import Policy
from eventcore.service import Service

from tests.simulation.memory import MemoryLog, kinds

Refusals = dict[str, int]


class Takes(Protocol):
    """What hears of a fact that is published."""

    def put(self, fact: Fact[Any]) -> None: ...


class Crosses(Protocol):
    """What goes to another province."""

    def put(self, fact: Fact[Any], event: Any) -> None: ...


@dataclass(slots=True, eq=False, repr=False)
class Reader:
    """A policy, and the facts that it has not answered yet."""

    policy: Policy
    own: frozenset[type]
    foreign: frozenset[str]
    waiting: deque[Fact[Any]] = field(default_factory=deque)

    def wants(self, fact: Fact[Any]) -> bool:
        return fact.event.type in self.foreign if fact.source else type(fact.event) in self.own


@dataclass(slots=True, eq=False, repr=False)
class Node:
    """What `python -m <service> all` runs."""

    region: str
    service: Service
    log: MemoryLog
    readers: list[Reader]
    own: frozenset[type]
    """Classes of the service's own events."""
    name: str
    feeds: list[Takes] = field(default_factory=list)
    lines: list[Crosses] = field(default_factory=list)
    unsent: deque[Fact[Any]] = field(default_factory=deque)
    """What the relay has not published yet; as those who take it in will see it."""
    ready: list[Reader] = field(default_factory=list)
    """Readers that have something to answer."""
    commands: int = 0
    refused: Refusals = field(default_factory=dict)

    def send(self, decider: Decider[Any, Any, Any], key: str, command: Any, id: str, now: datetime) -> Outcome:
        """A caller's command."""
        return self._handle(Task(decider, key, command, Order(id=id, meta=Meta(actor="caller"))), now)

    def read(self, reader: Reader, most: int, now: datetime) -> None:
        """A policy answers up to so many facts, each with its commands and the checkpoint in one."""
        if not reader.waiting:
            return
        for _ in range(min(most, len(reader.waiting))):
            self._answer(reader.policy, reader.waiting[0], now)
            reader.waiting.popleft()
        if not reader.waiting:
            self.ready.remove(reader)

    def ring(self, now: datetime) -> int:
        """Carries out what timers ask that are due."""
        alarms = {alarm.category: alarm for alarm in self.service.alarms}
        due = list(self.log.due(now))
        for at, stream, name in due:
            category = category_of(stream, alarms)
            do = alarms[category].react(stream.removeprefix(f"{category}-"), name)
            order = Order(id=f"timer/{stream}/{name}/{at.isoformat()}", meta=Meta(actor=f"timer/{name}"))
            self._handle(Task(do.decider, do.key, do.command, order, fired=Fired(stream, name, at)), now)
        return len(due)

    def relay(self, most: int) -> list[Fact[Any]]:
        """Publishes up to so many facts, and answers them."""
        facts = [self.unsent.popleft() for _ in range(min(most, len(self.unsent)))]
        for fact in facts:
            for feed in self.feeds:
                feed.put(fact)
        return facts

    def notice(self, fact: Fact[Any]) -> None:
        """A fact was written: readers and the relay have work."""
        for reader in self.readers:
            if reader.wants(fact):
                if not reader.waiting:
                    self.ready.append(reader)
                reader.waiting.append(fact)
        event = self.service.publish(fact) if type(fact.event) in self.own else None
        if event is not None:
            self.unsent.append(self._public(fact, event))
            for line in self.lines:
                line.put(fact, event)

    def _answer(self, policy: Policy, fact: Fact[Any], now: datetime) -> None:
        source = f"{fact.source}#" if fact.source else ""
        meta = Meta(actor=policy.name, causation=fact.id, correlation=fact.meta.correlation or fact.id)
        for n, do in enumerate(policy.react(fact)):
            order = Order(id=f"policy/{policy.name}/{source}{fact.id}/{n}", meta=meta)
            self._handle(Task(do.decider, do.key, do.command, order, fact.position), now)

    def _handle(self, task: Task, now: datetime) -> Outcome:
        self.commands += 1
        outcome = self.log.handle(task, now)
        if outcome is Outcome.REFUSED:
            name = type(task.command).__name__
            self.refused[name] = self.refused.get(name, 0) + 1
        return outcome

    def _public(self, fact: Fact[Any], event: Any) -> Fact[Any]:
        return Fact(
            event=event,
            id=f"{fact.id}/{event.type}",
            stream=fact.stream,
            version=fact.version,
            position=0,
            occurred_at=fact.occurred_at,
            recorded_at=fact.recorded_at,
            meta=Meta(causation=fact.meta.causation, correlation=fact.meta.correlation or fact.id),
            source=source_of(self.region, self.service.name),
        )


def node(service: Service, region: str) -> Node:
    """A service with an empty log."""
    own, parts = _parts(service)
    name = f"{region}.{service.name}"
    found = Node(region, service, MemoryLog(name), [Reader(*each) for each in parts], own, name)
    found.log.tell = found.notice
    return found


Wants = tuple[Policy, frozenset[type], frozenset[str]]
_known: dict[int, tuple[Service, frozenset[type], list[Wants]]] = {}


def _parts(service: Service) -> tuple[frozenset[type], list[Wants]]:
    """What a service's own events are, and what its policies want: made once, since it takes long."""
    if id(service) not in _known:
        readers = [(each, kinds(each.own), frozenset(each.foreign)) for each in service.policies]
        _known[id(service)] = service, kinds(service.all_codecs()), readers
    return _known[id(service)][1:]


def all_streams(node: Node, category: str) -> Iterator[tuple[str, Any]]:
    """Key and state of every stream of a kind."""
    for stream, state in node.log.states.items():
        if stream.startswith(f"{category}-"):
            yield stream.removeprefix(f"{category}-"), state.state
