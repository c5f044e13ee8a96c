"""One server process that this process started: spawn, wait until ready, stop, kill."""

import contextlib
import signal
import subprocess
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from lb.local.accounts import Account, run_as
from lb.local.blocking import run_apart, until
from lb.local.processes import Identity, identify
from lb.problems import Problem

Check = Callable[[], Awaitable[bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """How a server is started: its command, user, working folder and the file that takes its output."""

    name: str
    argv: tuple[str, ...]
    cwd: Path
    log: Path
    account: Account | None = None
    environment: dict[str, str] | None = field(default=None, repr=False)
    stop_signal: signal.Signals = signal.SIGTERM

    def spawn(self) -> "subprocess.Popen[bytes]":
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603
                self.argv, cwd=self.cwd, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, **run_as(self.account),
            )  # fmt: skip


class Child:
    """A started server. Its process outlives us if nobody stops it."""

    def __init__(self, launch: Launch) -> None:
        self.launch = launch
        self._process = launch.spawn()
        self.identity = identify(self._process.pid) or Identity(pid=self._process.pid, started="")

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_running(self) -> bool:
        return self._process.poll() is None

    def wait_ready(self, check: Check, *, timeout: float) -> None:
        """Return once `check` holds. A server that does not get there is killed and is a `Problem`."""
        if run_apart(lambda: until(check, alive=self.is_running, seconds=timeout)):
            return
        ended = not self.is_running()
        self.kill()
        how = f"ended with code {self._process.returncode}" if ended else f"was not ready after {timeout:.0f} s"
        raise Problem(f"{self.launch.name} {how}: {last_line(self.launch.log)}", do=f"See {self.launch.log}.")

    def stop(self, *, with_signal: signal.Signals | None = None, grace: float = 20.0) -> int:
        """Ask it to end, kill it after `grace` seconds; its exit code."""
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(with_signal or self.launch.stop_signal)
        try:
            return self._process.wait(grace)
        except subprocess.TimeoutExpired:
            return self.kill()

    def kill(self) -> int:
        """SIGKILL; its exit code."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        return self._process.wait(10)

    def send(self, number: signal.Signals) -> None:
        """A signal such as SIGSTOP or SIGCONT."""
        self._process.send_signal(number)


def last_line(log: Path) -> str:
    """What a log ends with, shortened."""
    if not log.exists():
        return "no log"
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 4096))
        lines = file.read().decode(errors="replace").strip().splitlines()
    return lines[-1][:300] if lines else "no output"
