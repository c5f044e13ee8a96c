"""Processes, told apart by pid and start time, so that a number given out again is never taken for the old one."""

import contextlib
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from lb.local.programs import ran

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """One process for ever: `started` is opaque (ticks since boot with the boot's id, or what `ps` says)."""

    pid: int
    started: str


def identify(pid: int) -> Identity | None:
    """Who has this pid now; None for nobody and for a process that only waits to be reaped."""
    started = _started_by_proc(pid) if _PROC.joinpath("self", "stat").exists() else _started_by_ps(pid)
    return None if started is None else Identity(pid=pid, started=started)


def is_alive(identity: Identity) -> bool:
    return identify(identity.pid) == identity


def end(identity: Identity, *, with_signal: int = signal.SIGTERM, grace: float = 10.0) -> bool:
    """Ask a process to end, then force it after `grace` seconds. True where it was alive."""
    if not is_alive(identity):
        return False
    _send(identity, with_signal)
    if not wait_for_end(identity, timeout=grace):
        _send(identity, signal.SIGKILL)
        wait_for_end(identity, timeout=5.0)
    return True


def wait_for_end(identity: Identity, *, timeout: float) -> bool:
    deadline = time.monotonic() + timeout
    while is_alive(identity):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def working_in(folder: Path) -> list[Identity]:
    """Processes whose working folder is `folder`, as every process of a PostgreSQL server has its data folder."""
    found = []
    for entry in _PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if entry.joinpath("cwd").readlink() == folder and (who := identify(int(entry.name))):
                found.append(who)
    return found


def _send(identity: Identity, number: int) -> None:
    if is_alive(identity):
        with contextlib.suppress(ProcessLookupError):
            os.kill(identity.pid, number)


def _started_by_proc(pid: int) -> str | None:
    try:
        fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    state, ticks = fields[0], fields[19]
    return None if state in {"Z", "X"} else f"{ticks}@{_boot()}"


def _boot() -> str:
    return _PROC.joinpath("sys/kernel/random/boot_id").read_text().strip()


def _started_by_ps(pid: int) -> str | None:
    command = ["ps", "-o", "stat=,lstart=", "-p", str(pid)]
    answer = ran(command, timeout=5)
    state, _, started = answer.stdout.strip().partition(" ")
    return None if not started or state.startswith("Z") else started.strip()
