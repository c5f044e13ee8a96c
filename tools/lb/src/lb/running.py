"""Bringing a deployment up and down, whatever state an earlier run left it in."""

import contextlib
import errno
import fcntl
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from lb.deployment import Deployment, claim
from lb.exchange import Exchange
from lb.keyfiles import provide_secrets
from lb.local.accounts import shelter_path
from lb.local.child import last_line
from lb.local.downloads import Tell
from lb.local.ports import holder, is_free
from lb.local.processes import end, identify, is_alive
from lb.local.setup import set_up
from lb.plan import plan, plan_exchange
from lb.problems import Problem
from lb.units import RunState, read_plan, read_state, write_plan

Runnable: TypeAlias = Deployment | Exchange
NEEDED_BYTES = 1024**3
_LONGEST_START = 900.0
_LONGEST_STOP = 120.0


def bring_up(*wanted: Runnable, tell: Tell, watch: Callable[[RunState], None]) -> bool:
    """Start everything of these, and wait until it is ready. False where it was running already.

    Problem: something is missing, in use or broke; what was started is stopped again.
    """
    fresh: list[Runnable] = []
    try:
        fresh.extend(each for each in wanted if _begin(each, tell))
        for each in wanted:
            _wait_until_settled(each, watch)
            if isinstance(each, Exchange):
                each.server().admit()
    except BaseException:
        for each in reversed(fresh):
            bring_down(each, tell=tell)
        raise
    return bool(fresh)


def _begin(deployment: Runnable, tell: Tell) -> bool:
    """Have a supervisor run it. False where one did already."""
    with _readable_disk_errors(deployment), _alone(deployment):
        state = read_state(deployment.run)
        if state and state.supervised:
            return False
        _end_orphans(deployment, state, tell)
        _prepare(deployment, tell)
        _spawn_supervisor(deployment)
        return True


def bring_down(deployment: Runnable, *, tell: Tell) -> bool:
    """Stop everything, also what a killed supervisor left. False where nothing ran."""
    state = read_state(deployment.run)
    if state is None:
        return False
    if state.supervised:
        end(state.supervisor, with_signal=signal.SIGTERM, grace=_LONGEST_STOP)
        state = read_state(deployment.run) or state
        _end_orphans(deployment, state, tell)
        return True
    return _end_orphans(deployment, state, tell) > 0


def purge(deployment: Runnable) -> None:
    """Remove all data of a stopped deployment, and PostgreSQL's data folder where it lies elsewhere."""
    if not deployment.exists():
        raise Problem(f"{deployment.run} is no run folder of lb.", do="Name the right one with --run.")
    shutil.rmtree(deployment.run, ignore_errors=False)
    shelter = shelter_path(deployment.run)
    with contextlib.suppress(FileNotFoundError):
        if shelter.lstat().st_uid == os.geteuid():
            shutil.rmtree(shelter)


def _prepare(deployment: Runnable, tell: Tell) -> None:
    _check_ports(deployment)
    claim(deployment)
    check_disk(deployment.run)
    set_up(deployment.project, viewer=deployment.viewer, tell=tell)
    match deployment:
        case Exchange():
            units = plan_exchange(deployment)
        case Deployment():
            provide_secrets(deployment)
            tell("Preparing PostgreSQL and Kafka …")
            units = plan(deployment)
    write_plan(deployment.run, units)


def check_disk(folder: Path) -> None:
    """Problem: too little room for a start to make sense."""
    free = shutil.disk_usage(folder).free
    if free < NEEDED_BYTES:
        raise Problem(
            f"The disk of {folder} has {free // 1024**2} MB left; at least {NEEDED_BYTES // 1024**2} MB are needed.",
            do="Free some room, or name a folder on another disk with --run.",
        )


def _check_ports(deployment: Runnable) -> None:
    for name, port in deployment.listening().items():
        if not is_free(port):
            who = holder(port) or "another program"
            raise Problem(
                f"Port {port}, meant for {name}, is used by {who}.",
                do=f"Stop that, or choose other ports: lb up --first-port {deployment.ports.first + 1000}",
            )


def _spawn_supervisor(deployment: Runnable) -> None:
    """Start it apart from us: it outlives this process and the terminal."""
    (deployment.run / "state.json").unlink(missing_ok=True)
    log = str(deployment.logs / "supervisor.log")
    appending = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    redirect = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)]
    redirect += [(os.POSIX_SPAWN_OPEN, out, log, appending, 0o644) for out in (1, 2)]
    argv = [sys.executable, "-m", "lb.supervisor", str(deployment.run)]
    started = identify(os.posix_spawn(sys.executable, argv, os.environ, file_actions=redirect, setsid=True))
    deadline = time.monotonic() + 30
    while read_state(deployment.run) is None:
        if started is None or not is_alive(started) or time.monotonic() > deadline:
            raise Problem(f"The supervisor did not start: {last_line(Path(log))}", do=f"See {log}.")
        time.sleep(0.05)


def _wait_until_settled(deployment: Runnable, watch: Callable[[RunState], None]) -> None:
    deadline = time.monotonic() + _LONGEST_START
    while time.monotonic() < deadline:
        state = read_state(deployment.run)
        if state is None or not state.supervised:
            raise Problem("The supervisor ended.", do=f"See {deployment.logs / 'supervisor.log'}, then lb up again.")
        watch(state)
        for name, unit in state.failed().items():
            raise Problem(f"{name} {unit.trouble}.", do=f"See {deployment.logs / name}.log, then lb up again.")
        if state.settled():
            return
        time.sleep(0.1)
    raise Problem(f"Not everything was ready after {_LONGEST_START:.0f} s.", do="See lb status.")


def _end_orphans(deployment: Runnable, state: RunState | None, tell: Tell) -> int:
    """End processes whose supervisor was killed, those that need others first; how many there were."""
    orphans = state.alive() if state else []
    if not orphans:
        return 0
    signals = {unit.name: unit.stop_signal for unit in read_plan(deployment.run)}
    names = {unit.process: name for name, unit in state.units.items() if unit.process} if state else {}
    for orphan in orphans:
        end(orphan, with_signal=signals.get(names[orphan], signal.SIGTERM), grace=30)
    tell(f"Ended {len(orphans)} processes that a killed lb had left: {', '.join(names[each] for each in orphans)}.")
    return len(orphans)


@contextmanager
def _alone(deployment: Runnable) -> Iterator[None]:
    """Two `lb up` of one run folder go one after the other."""
    deployment.run.mkdir(parents=True, exist_ok=True)
    with (deployment.run / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _readable_disk_errors(deployment: Runnable) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        match error.errno:
            case errno.ENOSPC | errno.EDQUOT:
                what, do = f"The disk of {deployment.run} is full.", "Free some room, then lb up again."
            case errno.EACCES | errno.EPERM | errno.EROFS | errno.ENOTDIR:
                what, do = f"{error.filename or deployment.run} cannot be written.", "Name another folder with --run."
            case _:
                raise
        raise Problem(what, do=do) from error
