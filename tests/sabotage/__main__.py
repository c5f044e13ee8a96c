"""`make sabotage`: each safety mechanism is taken out, and the test named for it must fail by its own assertion.

Caught means: the test passes on the tree as it is; the patch fits; then the test fails, by an assertion of its own and
not by an import, a set-up or a time-out.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final
from xml.etree import ElementTree  # our own pytest wrote it

from lb.local.testing import KAFKA, POSTGRES, SharedServers
from rich.console import Console
from rich.progress import track
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))
from sabotaged import ROOT, Patch, apply, copy_tree, patches

RUN: Final = ROOT / ".run" / "sabotage"
SECONDS: Final = 180
SMALLER: Final = {"LB_ORDER_EVENTS": "20000"}
"""Enough to notice."""
OWN: Final = ("AssertionError", "assert ", "Failed: DID NOT RAISE")


def main() -> int:
    """Runs all patches, or those whose name holds a word of the command line."""
    console = Console()
    words = sys.argv[1:]
    chosen = [patch for patch in patches() if not words or any(word in patch.name for word in words)]
    tree = RUN / "tree"
    copy_tree(tree)
    servers = SharedServers()
    environment = {**os.environ, "PYTHONPATH": _paths(tree), "PYTHONDONTWRITEBYTECODE": "1"} | SMALLER
    try:
        environment |= {POSTGRES: servers.postgres(), KAFKA: servers.kafka()}
        sound = _run(sorted({patch.test for patch in chosen}), tree, environment, len(chosen))
        verdicts = [
            (patch, *_try(patch, tree, environment, sound.get(patch.test, "not run")))
            for patch in track(chosen, "taking out safety mechanisms", console=console)
        ]
    finally:
        servers.close()
    _show(console, verdicts)
    return 0 if all(verdict == "caught" for _, verdict, _ in verdicts) else 1


def _paths(tree: Path) -> str:
    members = [*tree.glob("libs/*/src"), *tree.glob("services/*/src"), *tree.glob("tools/*/src")]
    return os.pathsep.join(map(str, members))


def _try(patch: Patch, tree: Path, environment: dict[str, str], sound: str) -> tuple[str, float]:
    if sound != "passed":
        return f"the test does not pass without the patch: {sound}", 0.0
    if not apply(patch, tree):
        return "the patch does not fit", 0.0
    started = time.monotonic()
    try:
        found = _run([patch.test], tree, environment, 1)
    finally:
        apply(patch, tree, reverse=True)
    result = found.get(patch.test, "not run")
    verdict = "caught" if result.startswith(OWN) else f"NOT CAUGHT: {result}"
    return verdict, time.monotonic() - started


def _run(tests: list[str], tree: Path, environment: dict[str, str], count: int) -> dict[str, str]:
    """test -> `passed`, or how it failed."""
    report = RUN / "report.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", *tests, "-p", "no:cacheprovider", f"--junitxml={report}"]
    command.append("--hypothesis-seed=0")  # caught today means caught tomorrow
    subprocess.run(  # noqa: S603 our own test names
        command, cwd=tree, env=environment, check=False, capture_output=True, timeout=SECONDS * max(1, count)
    )
    return _results(report, tests)


def _results(report: Path, tests: list[str]) -> dict[str, str]:
    if not report.exists():
        return {}
    results: dict[str, str] = {}
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 our own pytest wrote it
        name = f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}"
        test = next((t for t in tests if t == name or name.startswith(f"{t}[")), None)
        if test:
            outcome = _outcome(case)
            if results.get(test, "passed") == "passed" or outcome.startswith(OWN):
                results[test] = outcome
    return results


def _outcome(case: ElementTree.Element) -> str:
    for kind in ("failure", "error", "skipped"):
        found = case.find(kind)
        if found is not None:
            message = (found.get("message") or "").splitlines()[0] if found.get("message") else ""
            return message if kind == "failure" else f"{kind}: {message}"
    return "passed"


def _show(console: Console, verdicts: list[tuple[Patch, str, float]]) -> None:
    table = Table("taken out", "test that notices", "verdict", "s")
    for patch, verdict, seconds in verdicts:
        table.add_row(patch.mechanism, patch.test.rpartition("::")[2], verdict, f"{seconds:.0f}")
    console.print(table)
    caught = sum(verdict == "caught" for _, verdict, _ in verdicts)
    console.print(f"{caught} of {len(verdicts)} caught")


if __name__ == "__main__":
    sys.exit(main())
