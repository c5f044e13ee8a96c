"""Processes beside this one: services, references and load clients; and the processor time that they take."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx
from lb.local.child import Child, Launch

ROOT: Final = Path(__file__).parents[1]
_LENT: Final = ("PATH", "HOME", "USER", "LANG", "TMPDIR", "VIRTUAL_ENV")
_TICKS: Final = os.sysconf("SC_CLK_TCK")


def lent() -> dict[str, str]:
    """What children get of this process' environment."""
    return {name: os.environ[name] for name in _LENT if name in os.environ} | {"PYTHONUNBUFFERED": "1"}


@contextmanager
def serving(argv: Sequence[str], url: str, log: Path, environment: Mapping[str, str]) -> Iterator[Child]:
    """A server process from when `url` answers 200 until it ended."""

    async def answers() -> bool:
        try:
            async with httpx.AsyncClient(timeout=2) as client:
                return (await client.get(url)).status_code == 200
        except httpx.HTTPError:
            return False

    launch = Launch(name=argv[2], argv=tuple(argv), cwd=ROOT, log=log, environment=lent() | dict(environment))
    child = Child(launch)
    try:
        child.wait_ready(answers, timeout=60)
        yield child
    finally:
        child.stop()


def module(name: str, *arguments: str, packages: Path | None = None) -> str:
    """Runs `python -m name` to its end and returns what it printed. CalledProcessError with what it said."""
    extra = {"PYTHONPATH": os.pathsep.join((str(packages), str(ROOT)))} if packages else {}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", name, *arguments],
        cwd=ROOT,
        env=lent() | extra,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{name} failed: {done.stderr.strip()[-2000:]}")
    return done.stdout


def processor_seconds(pid: int) -> float:
    """User and system time of a living process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
