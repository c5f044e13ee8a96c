"""The peer library in packages and a process of its own: nothing of it comes into the project's environment."""

import itertools
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from lb.local.downloads import cached, digest_of, run, tell_stderr
from lb.paths import find_project

from bench.processes import module

PINS: Final = Path(__file__).parent / "references" / "peer.txt"
NAME: Final = "eventsourcing 9.5.6"
THREADS: Final = (1, 8, 32)


def packages() -> Path:
    """The folder that holds the peer's packages, pinned by hash, fetched once."""

    def fetch(folder: Path) -> None:
        uv = Path(sys.executable).with_name("uv")
        run([str(uv), "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--link-mode", "copy",
             "--python", sys.executable, "--target", str(folder), "-r", str(PINS)], what=NAME)  # fmt: skip

    return cached(find_project().cache / f"bench-peer-{digest_of(PINS)}", fetch, what=NAME, tell=tell_stderr)


class Peer:
    """Runs the same command through `eventsourcing`, in whichever of its modes is the fastest here."""

    def __init__(self, dsn: str, recorded: int, approved: int) -> None:
        self._dsn, self._sizes = dsn, (str(recorded), str(approved))
        self._packages = packages()

    def best(self, reading: str, count: int) -> str:
        """The fastest mode, with states `cached` or `loaded`; each is tried twice, for something else may disturb."""
        modes = [f"{w},{reading},{n}" for w, n in itertools.product(("functions", "statements"), THREADS)]
        first, second = self._run(modes, count), self._run(modes, count)
        return max(modes, key=lambda mode: max(first[mode], second[mode]))

    def rate(self, mode: str, count: int) -> float:
        """Commands a second in this mode."""
        return self._run([mode], count)[mode]

    def _run(self, modes: Sequence[str], count: int) -> dict[str, float]:
        printed = module("bench.references.peer", self._dsn, *modes, str(count), *self._sizes, packages=self._packages)
        return dict(json.loads(line) for line in printed.splitlines())
