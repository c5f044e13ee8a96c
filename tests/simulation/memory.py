"""One service's log in memory: what the door does, for one command at a time, without a database.

Decisions are made by the runtime's own `decide`; events stay objects, nothing is sealed. What the door refuses is an
error here, because nothing runs beside a command: a guard taken twice, a ledger that leaves zero.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from eventcore.call import Outcome
from eventcore.codec import Codec
from eventcore.decider import Decider, Read
from eventcore.desk import Decision, Desk, State, Task, decide
from eventcore.effects import Post, Release, Take, Wake
from eventcore.facts import Fact
from eventcore.guards import guard_steps
from msgspec.structs import replace

Guard = tuple[str, str]


class Broken(AssertionError):
    """What may never happen, has."""


class MemoryLog:
    """Facts in the order of their positions, own and foreign; states, guards, timers, answers and sums beside them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.facts: list[Fact[Any]] = []
        self.states: dict[str, State] = {}
        self.guards: dict[Guard, str] = {}
        self.timers: dict[tuple[str, str], datetime] = {}
        self.outcomes: dict[str, Outcome] = {}
        self.sums: dict[str, int] = {}
        self.tell: Callable[[Fact[Any]], None] = lambda _: None
        """Hears of every fact that is written."""
        self._soonest: datetime | None = None
        self._said: dict[tuple[str, str], Any] = {}

    def handle(self, task: Task, now: datetime) -> Outcome:
        """Carries out a command, once for its id."""
        known = self.outcomes.get(task.order.id)
        if known is not None:
            return known
        decision = decide(task, self._desk(task), "")
        guard_steps(decision.holders, decision.effects)
        self._append(decision, now)
        if task.fired:
            self._rung(task.fired.stream, task.fired.name, task.fired.due_at)
        self.outcomes[task.order.id] = decision.outcome
        return decision.outcome

    def take_in(self, fact: Fact[Any], now: datetime) -> bool:
        """What another service said; False where it is known."""
        name = (fact.source, fact.id)
        if name in self._said:
            if self._said[name] != fact.event:
                raise Broken(f"{self.name}: {fact.source} says something else under {fact.id}")
            return False
        self._said[name] = fact.event
        self._write(replace(fact, position=len(self.facts) + 1, recorded_at=now))
        return True

    def state(self, decider: Decider[Any, Any, Any], key: str) -> Any:
        """The present state of a stream."""
        found = self.states.get(decider.stream(key))
        return found.state if found else decider.initial

    def due(self, now: datetime) -> Iterable[tuple[datetime, str, str]]:
        """Timers whose time has come, first those of the earliest."""
        return sorted((at, stream, name) for (stream, name), at in self.timers.items() if at <= now)

    def soonest(self) -> datetime | None:
        """When the first timer rings."""
        if self._soonest is None and self.timers:
            self._soonest = min(self.timers.values())
        return self._soonest

    def _write(self, fact: Fact[Any]) -> None:
        self.facts.append(fact)
        self.tell(fact)

    def _desk(self, task: Task) -> Desk:
        wanted = {task.stream: task.decider}
        holders: dict[Guard, str] = {}
        for read in task.decider.reads(task.command):
            if read.decider:
                wanted[read.decider.stream(read.key)] = read.decider
            for guard in self._guards(read):
                if guard in self.guards:
                    holders[guard] = self.guards[guard]
        states = {stream: self.states.get(stream) or State(0, decider.initial) for stream, decider in wanted.items()}
        return Desk(states, holders, from_cache=False)

    def _guards(self, read: Read) -> Iterable[Guard]:
        if read.guard:
            yield read.guard
            holder = self.guards.get(read.guard)
            if read.then and holder is not None:
                yield read.then, holder

    def _append(self, decision: Decision, now: datetime) -> None:
        if not decision.events:
            return
        order, stream = decision.task.order, decision.task.stream
        self.states[stream] = decision.after
        occurred_at = order.occurred_at or now
        for n, event in enumerate(decision.events, decision.before.version + 1):
            self._write(
                Fact(
                    event=event,
                    id=f"{stream}/{n}",
                    stream=stream,
                    version=n,
                    position=len(self.facts) + 1,
                    occurred_at=occurred_at,
                    recorded_at=now,
                    meta=order.meta,
                )
            )
        self._take_effect(decision)

    def _take_effect(self, decision: Decision) -> None:
        total = 0
        for _, effect in decision.effects:
            match effect:
                case Take(scope, key, holder):
                    if self.guards.setdefault((scope, key), holder) != holder:
                        raise Broken(f"{self.name}: {scope} is taken twice, by {decision.task.stream}")
                case Release(scope, key):
                    self.guards.pop((scope, key), None)
                case Post(account, amount):
                    total += amount
                    self.sums[account] = self.sums.get(account, 0) + amount
                case Wake(name, at):
                    self._set(decision.task.stream, name, at)
        if total:
            raise Broken(f"{self.name}: {decision.task.stream} posts {total} fen out of nothing")

    def _set(self, stream: str, name: str, at: datetime | None) -> None:
        self._soonest = None
        if at is None:
            self.timers.pop((stream, name), None)
        else:
            self.timers[stream, name] = at

    def _rung(self, stream: str, name: str, due_at: datetime) -> None:
        if self.timers.get((stream, name)) == due_at:
            self._soonest = None
            del self.timers[stream, name]


def kinds(codecs: Iterable[Codec]) -> frozenset[type]:
    """Classes of the events of these kinds of streams."""
    return frozenset(cls for codec in codecs for cls in codec.kinds)
