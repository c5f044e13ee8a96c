"""Programs that run to their end: ours, a server's, the system's. Never through a shell, so that no word of a command
is more than a word."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypedDict


class RunAs(TypedDict, total=False):
    """Arguments of `subprocess` that change the user of a child."""

    user: int
    group: int
    extra_groups: list[int]


def ran(
    command: Sequence[str],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float | None = None,
    user: RunAs | None = None,
    shown: bool = False,
) -> "subprocess.CompletedProcess[str]":
    """How it ended, whatever its code, with what it wrote, which goes to the terminal instead where it is `shown`.
    Seconds of `timeout`; OSError where it cannot be started, subprocess.TimeoutExpired where it takes longer."""
    return subprocess.run(  # noqa: S603 the one place
        command, cwd=cwd, env=env, timeout=timeout, capture_output=not shown, text=True, check=False, **(user or {})
    )
