"""One decision: what it looks at, what it says, and what of it is checked at the append. No input or output."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from eventcore.call import Fired, Outcome
from eventcore.decider import Decider, Rejected, Seen
from eventcore.effects import Effect
from eventcore.facts import Meta


def _no_answer(*_: object) -> bytes:
    return b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Under which id a command comes, from whom, and how its outcome is put into words."""

    id: str
    fingerprint: bytes = b""
    meta: Meta = field(default_factory=Meta)
    occurred_at: datetime | None = None
    """When it happened; None: now, as the log sees it."""
    if_match: int | None = None
    reply: Callable[[Any, int], bytes] = _no_answer
    """(state, version) -> stored answer: ids, state and version, never personal data."""
    refuse: Callable[[Rejected], bytes] = _no_answer


@dataclass(frozen=True, slots=True)
class Task:
    """One command on one stream; `fact` is the position of the fact that a reader answers."""

    decider: Decider[Any, Any, Any]
    key: str
    command: Any
    order: Order
    fact: int = 0
    fired: Fired | None = None

    @property
    def stream(self) -> str:
        return self.decider.stream(self.key)


@dataclass(frozen=True, slots=True)
class State:
    """A stream folded up to a version; `trace` is the context of its newest event."""

    version: int
    state: Any
    trace: str = ""


@dataclass(slots=True)
class Desk:
    """Everything that the decisions of one attempt look at."""

    states: dict[str, State]
    holders: Mapping[tuple[str, str], str]
    from_cache: bool
    pending: set[str] = field(default_factory=set)
    """Streams that an earlier decision of this attempt writes: nothing of them is durable yet."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the rules made of a task; `reads` and `holders` are checked at the append."""

    task: Task
    before: State
    after: State
    events: Sequence[Any]
    effects: Sequence[tuple[int, Effect]]
    reads: Mapping[str, int]
    holders: Mapping[tuple[str, str], str | None]
    refusal: Rejected | None

    @property
    def outcome(self) -> Outcome:
        if self.refusal:
            return Outcome.REFUSED
        return Outcome.ACCEPTED if self.events else Outcome.UNCHANGED


def decide(task: Task, desk: Desk) -> Decision:
    """Runs the rules once. Refusals are part of the decision."""
    decider, before = task.decider, desk.states[task.stream]
    reads = tuple(decider.reads(task.command))
    streams = {(read.decider.category, read.key): read.decider.stream(read.key) for read in reads if read.decider}
    holders = {read.guard: desk.holders.get(read.guard) for read in reads if read.guard}
    versions = {stream: desk.states[stream].version for stream in streams.values() if stream != task.stream}
    seen = Seen(
        {read: desk.states[stream].state for read, stream in streams.items()},
        {guard: holder for guard, holder in holders.items() if holder is not None},
    )
    try:
        events = tuple(decider.decide(task.command, before.state, seen))
        refusal = None
    except Rejected as rejected:
        events, refusal = (), rejected
    if not events:
        # nothing checks this at the append, unless it rests on what is not durable yet
        checked = {stream: desk.states[stream].version for stream in {task.stream, *versions} & desk.pending}
        return Decision(task, before, before, (), (), checked, {}, refusal)
    state = before.state
    effects: list[tuple[int, Effect]] = []
    for n, event in enumerate(events, 1):
        effects.extend((n, effect) for effect in decider.effects(state, event))
        state = decider.evolve(state, event)
    after = State(before.version + len(events), state, task.order.meta.trace)
    return Decision(task, before, after, events, effects, versions, holders, None)
