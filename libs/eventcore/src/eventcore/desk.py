"""One decision: what it looks at, what it says, and what of it is checked at the append. No input or output."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeAlias

import msgspec

from eventcore.call import Fired, Outcome
from eventcore.decider import NOTHING_SEEN, Decider, Read, Rejected, Seen
from eventcore.effects import Effect, Guard
from eventcore.facts import Meta


def _no_answer(*_: object) -> bytes:
    return b""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """Under which id a command comes, from whom, and how its outcome is put into words."""

    id: str
    fingerprint: bytes = b""
    meta: Meta = Meta()
    occurred_at: datetime | None = None
    """When it happened; None: now, as the log sees it."""
    if_match: int | None = None
    new: bool = False
    """The stream's key was minted for this command: there is nothing to load."""
    reply: Callable[[Any, int], bytes] = _no_answer
    """(state, version) -> stored answer: ids, state and version, never personal data."""
    refuse: Callable[[Rejected], bytes] = _no_answer


class Task(msgspec.Struct, frozen=True):
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


class State(msgspec.Struct, frozen=True):
    """A stream folded up to a version; `trace` is the context of its newest event."""

    version: int
    state: Any
    trace: str = ""


@dataclass(slots=True)
class Desk:
    """Everything that the decisions of one attempt look at."""

    states: dict[str, State]
    holders: Mapping[Guard, str]
    from_cache: bool
    pending: set[str] = field(default_factory=set)
    """Streams that an earlier decision of this attempt writes: nothing of them is durable yet."""


class Decision(msgspec.Struct, frozen=True):
    """What the rules made of a task; `reads` and `holders` are checked at the append."""

    task: Task
    before: State
    after: State
    events: Sequence[Any]
    effects: Sequence[tuple[int, Effect]]
    reads: Mapping[str, int]
    holders: Mapping[Guard, str | None]
    refusal: Rejected | None
    trace: str
    """Context of what decided: its events name it as their cause."""

    @property
    def outcome(self) -> Outcome:
        if self.refusal:
            return Outcome.REFUSED
        return Outcome.ACCEPTED if self.events else Outcome.UNCHANGED


_LookedAt: TypeAlias = tuple[Mapping[str, int], Mapping[Guard, str | None], Seen]
_NOTHING: Final[_LookedAt] = ({}, {}, NOTHING_SEEN)


def _looked_at(reads: Sequence[Read], desk: Desk, own: str) -> _LookedAt:
    """Versions of the other streams, holders of the guards, and both as the rules see them."""
    streams = {(read.decider.category, read.key): read.decider.stream(read.key) for read in reads if read.decider}
    holders = {guard: desk.holders.get(guard) for guard in _guards(reads, desk)}
    versions = {stream: desk.states[stream].version for stream in streams.values() if stream != own}
    seen = Seen(
        {read: desk.states[stream].state for read, stream in streams.items()},
        {guard: holder for guard, holder in holders.items() if holder is not None},
    )
    return versions, holders, seen


def _guards(reads: Iterable[Read], desk: Desk) -> Iterable[Guard]:
    for read in reads:
        if read.guard:
            yield read.guard
            if read.then and (holder := desk.holders.get(read.guard)):
                yield read.then, holder


def decide(task: Task, desk: Desk, trace: str) -> Decision:
    """Runs the rules once. Refusals are part of the decision."""
    decider, own = task.decider, task.stream
    before = desk.states[own]
    reads = tuple(decider.reads(task.command))
    versions, holders, seen = _looked_at(reads, desk, own) if reads else _NOTHING
    try:
        events = tuple(decider.decide(task.command, before.state, seen))
        refusal = None
    except Rejected as rejected:
        events, refusal = (), rejected
    if not events:
        # nothing checks this at the append, unless it rests on what is not durable yet
        checked = {stream: desk.states[stream].version for stream in {own, *versions} & desk.pending}
        return Decision(task, before, before, (), (), checked, {}, refusal, trace)
    state = before.state
    effects: list[tuple[int, Effect]] = []
    for n, event in enumerate(events, 1):
        effects.extend((n, effect) for effect in decider.effects(state, event))
        state = decider.evolve(state, event)
    after = State(before.version + len(events), state, trace)
    return Decision(task, before, after, events, effects, versions, holders, None, trace)
