"""The shell around deciders: load, decide, append, retry on conflict.

`handle` carries out one command; `handle_many` the commands of a reader, together with its checkpoint. A state may
come from the cache; a refusal or an empty decision made from it is never answered but decided again on a fresh load,
because nothing would check it at the append.
"""

import asyncio
import random
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from eventcore import tracing
from eventcore.call import Answer as Answer
from eventcore.call import Entry, Move, Outcome, Posting, Receipt, Status, Submission, TimerStep
from eventcore.codec import Codec, Sealer, Stored
from eventcore.database import Pool, reading
from eventcore.decider import Decider, S
from eventcore.desk import Decision, Desk, State, decide
from eventcore.desk import Order as Order
from eventcore.desk import Task as Task
from eventcore.door import Door
from eventcore.effects import Effect, Guard, Post, Wake
from eventcore.facts import Meta
from eventcore.guards import guard_steps
from eventcore.loader import Loaded, Loader
from eventcore.signal import Signal

_decode_meta: Final = msgspec.json.Decoder(Meta).decode

ATTEMPTS: Final = 4
CACHED_STATES: Final = 20_000
_KNOWN: Final = "select fingerprint, outcome, answer, version, position from log.commands where id = $1"


class Contended(Exception):
    """Others keep changing what this command looks at; nothing was done. Try again a little later."""


class KeyReused(Exception):
    """This command id was used for another command."""


class VersionMoved(Exception):
    """The stream is not at the version that the caller names (If-Match)."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


class Store:
    """What `handle` needs: the door, the loader, codecs by category, the vault's sealer, a bounded cache of states."""

    def __init__(self, pool: Pool, *, sealer: Sealer | None = None, cached: int = CACHED_STATES) -> None:
        self.pool = pool
        self.door = Door(pool)
        self.loader = Loader(pool)
        self.sealer = sealer
        self.appended = Signal()
        self._cache: OrderedDict[str, State] = OrderedDict()
        self._cached = cached
        self._codecs: dict[str, Codec] = {}

    def codec(self, decider: Decider[Any, Any, Any]) -> Codec:
        """The codec of this kind of stream, built on first use."""
        found = self._codecs.get(decider.category)
        if found is None:
            found = self._codecs[decider.category] = Codec(decider.events)
        return found

    def remember(self, stream: str, state: State) -> None:
        """Caches a state that took effect, unless a newer one is there."""
        held = self._cache.get(stream)
        if held is None or held.version < state.version:
            self._cache[stream] = state
            self._cache.move_to_end(stream)
            while len(self._cache) > self._cached:
                self._cache.popitem(last=False)

    def forget(self, streams: Sequence[str]) -> None:
        """Drops cached states that turned out to be stale."""
        for stream in streams:
            self._cache.pop(stream, None)

    async def state(self, decider: Decider[Any, Any, S], key: str, *, fresh: bool = True) -> tuple[S, int]:
        """`states` of one."""
        return (await self.states(decider, [key], fresh=fresh))[key]

    async def states(
        self, decider: Decider[Any, Any, S], keys: Iterable[str], *, fresh: bool = True
    ) -> dict[str, tuple[S, int]]:
        """State and version of these streams, in one query, and kept for what comes next. Unavailable."""
        tasks = {key: Task(decider, key, None, Order(id="")) for key in keys}
        found = (await self.desk([*tasks.values()], fresh=fresh)).states
        for stream, state in found.items():
            if state.version:  # whoever asks for what is not there must not fill the cache
                self.remember(stream, state)
        return {key: (found[task.stream].state, found[task.stream].version) for key, task in tasks.items()}

    async def desk(self, tasks: Sequence[Task], *, fresh: bool) -> Desk:
        """Loads what these tasks read; states come from the cache unless `fresh`. No command: its stream alone."""
        wanted: dict[str, Decider[Any, Any, Any]] = {}
        guards: set[Guard] = set()
        followed: set[str] = set()
        for task in tasks:
            wanted[task.stream] = task.decider
            for read in task.decider.reads(task.command) if task.command is not None else ():
                if read.decider:
                    wanted[read.decider.stream(read.key)] = read.decider
                if read.guard:
                    guards.add(read.guard)
                    followed |= {read.then} - {""}
        cache: Mapping[str, State] = {} if fresh else self._cache
        states = {task.stream: State(0, task.decider.initial) for task in tasks if task.order.new and not fresh}
        states |= {stream: cache[stream] for stream in wanted if stream in cache}
        missing = [stream for stream in wanted if stream not in states]
        loaded = await self.loader.load(missing, guards, followed) if missing or guards else None
        for stream in missing:
            states[stream] = self._fold(wanted[stream], stream, loaded) if loaded else State(0, wanted[stream].initial)
        return Desk(states, loaded.holders if loaded else {}, len(missing) < len(wanted))

    def _fold(self, decider: Decider[Any, Any, Any], stream: str, loaded: Loaded) -> State:
        codec, state, stored = self.codec(decider), decider.initial, loaded.streams.get(stream, ())
        for type_name, schema_version, data in stored:
            state = decider.evolve(state, codec.decode(type_name, schema_version, data))
        return State(len(stored), state, _decode_meta(loaded.newest[stream]).trace if stored else "")

    async def known(self, order: Order) -> Answer | None:
        """The stored answer of a command id. KeyReused where it was another command's."""
        with reading():
            row = await self.pool.fetchrow(_KNOWN, order.id)
        if row is None:
            return None
        if row["fingerprint"] != order.fingerprint:
            raise KeyReused
        return Answer(Status.KNOWN, Outcome(row["outcome"]), row["answer"], row["version"], row["position"])


async def handle(store: Store, decider: Decider[Any, Any, Any], key: str, command: Any, order: Order) -> Answer:
    """Carries out one command, once for its id. Refusals of the rules are answers, not errors. Contended, KeyReused,
    VersionMoved, `database.Unavailable`."""
    return await carry_out(store, Task(decider, key, command, order))


async def carry_out(store: Store, task: Task) -> Answer:
    """`handle`, for a task that may come from a timer."""
    with tracing.span(f"handle {type(task.command).__name__}") as handling:
        trace = tracing.traceparent() or task.order.meta.trace  # from here links lead to what the decision rests on
        for attempt in range(ATTEMPTS):
            (decision,), looked_at = await _decided(store, [task], trace, fresh=attempt > 0)
            handling.link(looked_at)
            if not _matches(decision):
                if known := await store.known(task.order):
                    return known
                raise VersionMoved(decision.before.version)
            (answer,) = (await _submit(store, [decision])).results
            if answer.settled:
                return answer
            await asyncio.sleep(random.random() * 0.01 * attempt)  # noqa: S311 jitter
    raise Contended


async def handle_each(store: Store, tasks: Sequence[Task]) -> list[Answer]:
    """`handle` for up to 64 commands that have nothing to do with each other, in one call; one that meets a conflict
    is then carried out by itself. Errors as those of `handle`, of any of them."""
    with tracing.span("handle each") as handling:
        trace = tracing.traceparent()
        decisions, looked_at = await _decided(store, tasks, trace, fresh=False)
        handling.link(looked_at)
        answers = zip((await _submit(store, decisions)).results, tasks, strict=True)
        return [answer if answer.settled else await carry_out(store, task) for answer, task in answers]


async def handle_many(store: Store, tasks: Sequence[Task], move: Move) -> tuple[int | None, bool]:
    """The commands that a reader sends for a batch of facts, in one call with its checkpoint. Returns where the
    checkpoint stands (before the first fact whose command met a conflict; None where another process moved it), and
    whether every command was carried out."""
    decisions, _ = await _decided(store, tasks, "", fresh=False)
    receipt = await _submit(store, decisions, move)
    return receipt.checkpoint, all(answer.settled for answer in receipt.results)


async def _decided(
    store: Store, tasks: Sequence[Task], trace: str, *, fresh: bool
) -> tuple[Sequence[Decision], list[str]]:
    """And the traces of what was looked at. What is answered without being checked at the append is never decided on
    cached states."""
    desk = await store.desk(tasks, fresh=fresh)
    looked_at = [state.trace for state in desk.states.values()]
    decisions = _one_after_another(tasks, desk, trace)
    if desk.from_cache and not all(each.events and _matches(each) for each in decisions):
        return await _decided(store, tasks, trace, fresh=True)
    return decisions, looked_at


def _matches(decision: Decision) -> bool:
    return decision.task.order.if_match in (None, decision.before.version)


async def _submit(store: Store, decisions: Sequence[Decision], move: Move | None = None) -> Receipt:
    """Through the door; afterwards states that took effect are kept, and what was looked at in vain is not."""
    receipt = await store.door.submit(Submission(await _entries(store, decisions), move))
    for decision, answer in zip(decisions, receipt.results, strict=True):
        if answer.status is Status.TOOK_EFFECT:
            store.remember(decision.task.stream, decision.after)
        else:
            store.forget([decision.task.stream, *decision.reads])
    if any(decision.events for decision in decisions):
        store.appended.notify()
    if any(answer.status is Status.KNOWN_OTHERWISE for answer in receipt.results):
        raise KeyReused
    return receipt


def _one_after_another(tasks: Sequence[Task], desk: Desk, trace: str) -> Sequence[Decision]:
    """Each is decided on what its predecessors left."""
    decisions = []
    for task in tasks:
        decision = decide(task, desk, trace or task.order.meta.trace)
        if decision.events:
            desk.states[task.stream] = decision.after
            desk.pending.add(task.stream)
        decisions.append(decision)
    return decisions


async def _entries(store: Store, decisions: Sequence[Decision]) -> list[Entry]:
    codecs = ((store.codec(decision.task.decider), decision.events) for decision in decisions)
    subjects = frozenset(filter(None, (codec.subject_of(event) for codec, events in codecs for event in events)))
    if store.sealer and subjects:
        await store.sealer.prepare(subjects)
    return [_entry(store, decision) for decision in decisions]


def _entry(store: Store, decision: Decision) -> Entry:
    task, order, after = decision.task, decision.task.order, decision.after
    meta = replace(order.meta, command=order.id, trace=decision.trace, reads=dict(decision.reads))
    return Entry(
        id=order.id,
        fingerprint=order.fingerprint,
        outcome=decision.outcome,
        answer=order.refuse(decision.refusal) if decision.refusal else order.reply(after.state, after.version),
        stream=task.stream,
        expected=decision.before.version,
        events=_stored(store, decision),
        metadata=msgspec.json.encode(meta),
        occurred_at=order.occurred_at,
        reads=tuple(decision.reads.items()),
        guards=guard_steps(decision.holders, decision.effects),
        postings=[Posting(n, post.account, post.amount) for n, post in decision.effects if isinstance(post, Post)],
        timers=_timers(decision.effects),
        fired=task.fired,
        fact=task.fact,
    )


def _stored(store: Store, decision: Decision) -> list[Stored]:
    codec, stream, first = store.codec(decision.task.decider), decision.task.stream, decision.before.version + 1
    return [codec.encode(event, f"{stream}/{n}", store.sealer) for n, event in enumerate(decision.events, first)]


def _timers(effects: Sequence[tuple[int, Effect]]) -> Sequence[TimerStep]:
    last = {wake.name: TimerStep(n, wake.name, wake.at) for n, wake in effects if isinstance(wake, Wake)}
    return tuple(last.values())
