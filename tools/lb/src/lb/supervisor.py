"""Keeps a run folder's units running: a table of states, restarts with back-off, logs cut by size.

Run as `python -m lb.supervisor RUN_FOLDER`; it writes `state.json` there and ends all units at SIGTERM.
"""

import asyncio
import contextlib
import os
import signal
import sys
import time
from enum import Enum, auto
from pathlib import Path
from typing import BinaryIO

import msgspec

from lb.local import kafka, postgres, zipkin
from lb.local.accounts import run_as
from lb.local.certificates import operating
from lb.local.child import last_line
from lb.local.postgres import clear_leftovers
from lb.local.processes import Identity, identify
from lb.rotation import rotate
from lb.units import RunState, State, Unit, UnitState, read_plan, write_state

FIRST_REST = 1.0
LONGEST_REST = 30.0
FIRST_TRIES = 3
"""A unit that was never ready is given up after so many starts; one that was is started again for ever."""
_ROTATE_SECONDS = 5.0
_ASK_SECONDS = 0.1
_ALIVE_SECONDS = 5.0
_TIMES_SILENT = 3


class Happened(Enum):
    """What moves a unit from one state to the next."""

    NEEDS_ARE_READY = auto()
    ANSWERED = auto()
    FINISHED = auto()
    ENDED = auto()
    RESTED = auto()
    GAVE_UP = auto()
    TOLD_TO_STOP = auto()


NEXT = {
    (State.WAITING, Happened.NEEDS_ARE_READY): State.STARTING,
    (State.STARTING, Happened.ANSWERED): State.READY,
    (State.STARTING, Happened.FINISHED): State.DONE,
    (State.STARTING, Happened.ENDED): State.RESTING,
    (State.READY, Happened.ENDED): State.RESTING,
    (State.RESTING, Happened.RESTED): State.STARTING,
    (State.RESTING, Happened.GAVE_UP): State.FAILED,
} | {(state, Happened.TOLD_TO_STOP): State.STOPPED for state in State if state not in (State.DONE, State.FAILED)}


class Supervisor:
    """Runs a plan. Every change of a unit is in `state.json` before anything else happens."""

    def __init__(self, run: Path, units: list[Unit]) -> None:
        self._run = run
        self._units = {unit.name: unit for unit in units}
        self._states = {name: UnitState(state=State.WAITING, since=time.time()) for name in self._units}
        self._processes: dict[str, asyncio.subprocess.Process] = {}
        self._reached = {name: asyncio.Event() for name in self._units}
        self._ended = {name: asyncio.Event() for name in self._units}
        self._me = identify(os.getpid()) or Identity(pid=os.getpid(), started="")

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set; then every unit is ended, those that need others first."""
        self._save()
        keepers = [asyncio.create_task(self._keep(unit)) for unit in self._units.values()]
        rotator = asyncio.create_task(self._rotate_logs())
        try:
            await stop.wait()
        finally:
            for task in (*keepers, rotator):
                task.cancel()
            await asyncio.gather(*keepers, rotator, return_exceptions=True)
            await asyncio.gather(*(self._stop(unit) for unit in self._units.values()))

    async def _keep(self, unit: Unit) -> None:
        for name in unit.needs:
            await self._reached[name].wait()
        self._move(unit, Happened.NEEDS_ARE_READY)
        rest = FIRST_REST
        while True:
            began = time.monotonic()
            if await self._start(unit):
                return
            if time.monotonic() - began > 2 * LONGEST_REST:
                rest = FIRST_REST
            if not self._reached[unit.name].is_set() and self._states[unit.name].starts >= FIRST_TRIES:
                self._move(unit, Happened.GAVE_UP)
                return
            await asyncio.sleep(rest)
            rest = min(rest * 2, LONGEST_REST)
            self._move(unit, Happened.RESTED)

    async def _start(self, unit: Unit) -> bool:
        """Start once and stay with it. True where it was to run once and did; False after any other end."""
        try:
            process = await self._spawn(unit)
        except OSError as error:
            self._move(unit, Happened.ENDED, trouble=f"could not be started: {error.strerror}")
            return False
        ended = asyncio.create_task(process.wait())
        try:
            trouble = await self._until_reached(unit, ended)
            if trouble:
                await self._end(unit)
            else:
                self._reached[unit.name].set()
                self._move(unit, Happened.FINISHED if unit.once else Happened.ANSWERED)
                if unit.once:
                    return True
                trouble = await self._while_alive(unit, ended)
        finally:
            ended.cancel()
        self._move(unit, Happened.ENDED, trouble=trouble)
        return False

    async def _until_reached(self, unit: Unit, ended: "asyncio.Task[int]") -> str:
        """Empty once the unit is ready (or, to be run once, has succeeded), else what went wrong."""
        deadline = time.monotonic() + unit.ready_seconds
        while time.monotonic() < deadline:
            if ended.done():
                return "" if unit.once and ended.result() == 0 else _how_it_ended(unit, ended.result())
            if not unit.once and await _answers(unit):
                return ""
            await asyncio.wait([ended], timeout=_ASK_SECONDS)
        return f"was not ready after {unit.ready_seconds:.0f} s: {last_line(Path(unit.log))}"

    async def _while_alive(self, unit: Unit, ended: "asyncio.Task[int]") -> str:
        """How it ended. A unit that runs and says no more that it is alive is ended, so that it starts again."""
        silent = 0
        while silent < _TIMES_SILENT:
            await asyncio.wait([ended], timeout=_ALIVE_SECONDS)
            if ended.done():
                return _how_it_ended(unit, ended.result())
            silent = silent + 1 if unit.alive and not await zipkin.answers(unit.alive) else 0
        await self._end(unit)
        return f"did not say that it is alive: {last_line(Path(unit.log))}"

    async def _spawn(self, unit: Unit) -> asyncio.subprocess.Process:
        if unit.data:
            await asyncio.to_thread(clear_leftovers, Path(unit.data))
        with _appending(unit) as log:
            process = await asyncio.create_subprocess_exec(
                *unit.argv, cwd=unit.cwd, env=unit.environment, stdin=asyncio.subprocess.DEVNULL, stdout=log,
                stderr=log, start_new_session=True, **run_as(unit.account),
            )  # fmt: skip
        self._processes[unit.name] = process
        before = self._states[unit.name]
        self._set(unit, msgspec.structs.replace(before, process=identify(process.pid), starts=before.starts + 1))
        return process

    async def _stop(self, unit: Unit) -> None:
        """End a unit after those that need it, directly or not."""
        for other in self._units.values():
            if unit.name in other.needs:
                await self._ended[other.name].wait()
        await self._end(unit)
        if (self._states[unit.name].state, Happened.TOLD_TO_STOP) in NEXT:
            self._move(unit, Happened.TOLD_TO_STOP)
        self._ended[unit.name].set()

    async def _end(self, unit: Unit) -> None:
        process = self._processes.get(unit.name)
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(unit.stop_signal)
        try:
            await asyncio.wait_for(process.wait(), unit.grace)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _rotate_logs(self) -> None:
        while True:
            for unit in self._units.values():
                with contextlib.suppress(OSError):  # a full disk must not end the supervisor
                    await asyncio.to_thread(rotate, Path(unit.log))
            await asyncio.sleep(_ROTATE_SECONDS)

    def _move(self, unit: Unit, happened: Happened, *, trouble: str = "") -> None:
        before = self._states[unit.name]
        after = NEXT[before.state, happened]
        process = before.process if after in (State.STARTING, State.READY) else None
        kept = trouble or ("" if after in (State.READY, State.DONE) else before.trouble)
        self._set(unit, msgspec.structs.replace(before, state=after, since=time.time(), process=process, trouble=kept))

    def _set(self, unit: Unit, state: UnitState) -> None:
        self._states[unit.name] = state
        self._save()

    def _save(self) -> None:
        with contextlib.suppress(OSError):  # likewise; the next change writes it again
            write_state(self._run, RunState(supervisor=self._me, units=self._states))


def _appending(unit: Unit) -> BinaryIO:
    return Path(unit.log).open("ab")


async def _answers(unit: Unit) -> bool:
    if unit.postgres:
        return await postgres.answers(unit.postgres)
    if unit.kafka:
        tls = operating(Path(unit.certificates)) if unit.certificates else None
        return await kafka.answers(unit.kafka, tls=tls)
    return unit.http is None or await zipkin.answers(unit.http)


def _how_it_ended(unit: Unit, code: int) -> str:
    how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
    return f"{how}: {last_line(Path(unit.log))}"


async def _main(run: Path) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await Supervisor(run, read_plan(run)).run(stop)


if __name__ == "__main__":
    asyncio.run(_main(Path(sys.argv[1])))
