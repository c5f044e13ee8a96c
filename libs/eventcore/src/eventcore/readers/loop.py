"""The one loop of all readers: a page after my checkpoint, the work, the checkpoint.

A failure is either passing (the database or the broker is away: the same page again, for ever, with back-off) or
poison: then the page is taken fact by fact, the failing fact is tried three times, and its stream is parked. Later
facts of a parked stream wait behind it; all other streams flow. Nothing is skipped.
"""

import asyncio
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, Final, Protocol

import structlog

from eventcore import metrics
from eventcore.database import BUSY, GONE, Pool, Unavailable
from eventcore.facts import Fact
from eventcore.readers import checkpoints
from eventcore.readers.checkpoints import Resumed
from eventcore.readers.facts import Facts, Pages, Unread, decoded, parking_of
from eventcore.readers.lease import Leases
from eventcore.readers.tail import Look, Tail

log = structlog.get_logger()

TRIES: Final = 3
SHORTEST: Final = 0.005
LAG: Final = 0.1
PAUSE: Final = 0.25
PARKING_CHECK: Final = 1.0
PASSING: Final = (*GONE, *BUSY, Unavailable)


class Work(Protocol):
    """What a reader does with facts. It brings the checkpoint along with its effect, or after it."""

    name: str
    pages: Pages
    commutes: bool = True
    """Whether a parked stream's facts may be applied after later facts of other streams."""

    async def apply(self, facts: Facts, expected: int, goal: int, resumed: Resumed | None = None) -> int | None:
        """Does the work of these facts and moves the checkpoint from `expected` to `goal`, or less far; returns where
        it stands, None where another process moved it. With `resumed` the fact was parked: its parking moves on in
        the same transaction, or, where doing the work again is harmless, after it."""

    def leading(self) -> AbstractAsyncContextManager[None]:
        """What it holds while it leads, else nothing; begun anew after every failure."""
        return nullcontext()

    async def tend(self) -> None:
        """Called about once a second while it leads."""
        return


class Retreat(Exception):
    """The work must be done again from an earlier position (a wiped topic); its checkpoint was moved there."""


AGAIN: Final = (*PASSING, checkpoints.CheckpointMoved, Retreat)
"""Not the fact's fault: the reader begins again where it stands."""


class RebuildNeeded(Exception):
    """The order over streams matters to this view: what was parked comes in by a rebuild, not by a retry."""


@dataclass(slots=True)
class _Standing:
    """`reached` is how far it has looked; where nothing was to be done there, the checkpoint follows a little later.
    Times are the event loop's: when the checkpoint moved, when a stream was parked or tried again."""

    checkpoint: int
    reached: int
    parked: dict[str, tuple[int, bool]]
    moved: float
    settled: float
    looked: float = float("-inf")


async def follow(pool: Pool, work: Work, leases: Leases, tail: Tail) -> None:
    """Runs a reader until it is cancelled. Whoever does not lead says nothing of how the reader stands."""
    while True:
        while not await leases.try_hold(f"reader {work.name}"):
            metrics.reader(work.name)  # who leads says how far it is; an old word of ours would be believed too
            await asyncio.sleep(PAUSE)
        try:
            async with work.leading():
                await checkpoints.ask_unknown(pool, work.name)
                at, parked = await checkpoints.position(pool, work.name), await checkpoints.parked(pool, work.name)
                standing = _Standing(at, at, parked.get(work.name, {}), moved=_now(), settled=_now())
                while leases.held():
                    await _turn(pool, work, standing, tail)
        except (checkpoints.CheckpointMoved, Retreat):
            await asyncio.sleep(SHORTEST)
        except PASSING as error:
            log.warning("reader.waits", reader=work.name, error=type(error).__name__)
            await asyncio.sleep(PAUSE)


def _now() -> float:
    return asyncio.get_running_loop().time()


async def _turn(pool: Pool, work: Work, standing: _Standing, tail: Tail) -> None:
    if tail.look.began > standing.looked:
        await _look_after(pool, work, standing, tail.look)
    before = tail.woken.count
    if standing.reached >= tail.end:
        await _rest(work, standing, tail, before)
    else:
        page = await tail.page(work.pages, standing.reached)
        if page.facts:
            await _advance(pool, work, standing, page.facts, page.last)
        else:
            standing.reached = page.last


async def _rest(work: Work, standing: _Standing, tail: Tail, before: int) -> None:
    """Nothing is to be done: until there is, or until the checkpoint shall follow what was passed over, on one beat
    with those of the others."""
    now = _now()
    if standing.reached == standing.checkpoint:
        await tail.woken.wait(PARKING_CHECK, before)
    elif standing.moved // LAG == now // LAG:
        await tail.woken.wait(LAG - now % LAG, before)
    else:
        await tail.pass_over(work.name, standing.checkpoint, standing.reached)
        standing.checkpoint, standing.moved = standing.reached, _now()


async def _look_after(pool: Pool, work: Work, standing: _Standing, look: Look) -> None:
    """About once a second: was the checkpoint moved by hand, how far behind is it, does a parked stream wait? What the
    look says is older than what this reader has done since."""
    standing.looked = look.began
    checkpoint, events, seconds = look.standings.get(work.name, (0, 0, 0.0))
    if look.began > standing.moved and checkpoint != standing.checkpoint:
        raise checkpoints.CheckpointMoved(work.name)
    await work.tend()
    if look.began > standing.settled:
        standing.parked = dict(look.parked.get(work.name, {}))
        for stream in [stream for stream, (_, asked) in standing.parked.items() if asked]:
            await _retry(pool, work, standing, stream)
            standing.settled = _now()
    metrics.reader(work.name, events, seconds, len(standing.parked))


async def _advance(pool: Pool, work: Work, standing: _Standing, facts: Sequence[Fact[Any] | Unread], goal: int) -> None:
    """The page as a whole; where that fails, fact by fact."""
    waiting = [fact for fact in facts if parking_of(fact) not in standing.parked]
    try:
        return await _apply(work, standing, waiting, goal)
    except AGAIN:
        raise
    except Exception as error:
        log.warning("reader.page_failed", reader=work.name, error=type(error).__name__)
    for fact in waiting:
        if parking_of(fact) not in standing.parked:
            await _one(pool, work, standing, fact)
    await _apply(work, standing, (), goal)


async def _apply(work: Work, standing: _Standing, facts: Sequence[Fact[Any] | Unread], goal: int) -> None:
    reached = await work.apply([decoded(fact) for fact in facts], standing.checkpoint, goal)
    if reached is None:
        raise checkpoints.CheckpointMoved(work.name)
    standing.checkpoint = standing.reached = reached
    standing.moved = _now()


async def _one(pool: Pool, work: Work, standing: _Standing, fact: Fact[Any] | Unread) -> None:
    reason = ""
    for _ in range(TRIES):
        try:
            while standing.checkpoint < fact.position:
                await _apply(work, standing, (fact,), fact.position)
            return
        except AGAIN:
            raise
        except Exception as error:
            reason = type(error).__name__
    await _park(pool, work, standing, fact, reason)


async def _park(pool: Pool, work: Work, standing: _Standing, fact: Fact[Any] | Unread, reason: str) -> None:
    """The stream waits and the checkpoint passes it, in one transaction."""
    stream = parking_of(fact)
    async with pool.acquire(timeout=5) as connection, connection.transaction():
        await checkpoints.park(connection, work.name, stream, fact.position, reason)
        await checkpoints.move(connection, work.name, standing.checkpoint, fact.position)
    standing.checkpoint = standing.reached = fact.position
    standing.moved = standing.settled = _now()
    standing.parked[stream] = (fact.position, False)
    log.error("reader.stream_parked", reader=work.name, stream=stream, position=fact.position, error=reason)


async def _retry(pool: Pool, work: Work, standing: _Standing, stream: str) -> None:
    """The stream's waiting facts in order; the first that fails again is where it stays parked."""
    facts = await work.pages.of_stream(stream, standing.parked[stream][0], standing.checkpoint)
    for n, fact in enumerate(facts):
        following = facts[n + 1].position if n + 1 < len(facts) else None
        try:
            if not work.commutes:
                raise RebuildNeeded(work.name)
            await work.apply((decoded(fact),), standing.checkpoint, standing.checkpoint, Resumed(stream, following))
        except AGAIN:
            raise
        except Exception as error:
            reason = type(error).__name__
            await checkpoints.park(pool, work.name, stream, fact.position, reason)
            log.error("reader.stream_stays_parked", reader=work.name, stream=stream, error=reason)
            return
    if not facts:
        await checkpoints.resume(pool, work.name, Resumed(stream, None))
    del standing.parked[stream]
    log.info("reader.stream_resumed", reader=work.name, stream=stream, count=len(facts))
