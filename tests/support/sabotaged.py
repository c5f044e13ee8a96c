"""Copies of the source tree, and patches on them. A patch begins with what it takes out and the test that notices."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PATCHES: Final = ROOT / "tests" / "sabotage" / "patches"
TREE: Final = ("libs", "services", "tools", "tests", "docs", "deploy", "conftest.py", "pyproject.toml")
_GIT: Final = shutil.which("git") or "git"


@dataclass(frozen=True, slots=True)
class Patch:
    """A safety mechanism taken out."""

    path: Path
    mechanism: str
    test: str

    @property
    def name(self) -> str:
        return self.path.stem


def patches() -> list[Patch]:
    """All of them, by name."""
    return [_read(path) for path in sorted(PATCHES.glob("*.patch"))]


def _read(path: Path) -> Patch:
    head = dict(
        line.split(": ", 1)
        for line in path.read_text("utf-8").splitlines()[:2]
        if line.startswith(("takes out", "test"))
    )
    return Patch(path, head["takes out"], head["test"])


def copy_tree(target: Path) -> None:
    """The files that belong to the project, as they are in the working tree."""
    shutil.rmtree(target, ignore_errors=True)
    command = [_GIT, "ls-files", "-z", "--cached", "--others", "--exclude-standard", *TREE]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 fixed words
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)


def apply(patch: Patch, tree: Path, *, check: bool = False, reverse: bool = False) -> bool:
    """Whether the patch fits the tree, exactly; without `check` it is then applied (or taken back)."""
    options = ["--check"] * check + ["--reverse"] * reverse
    done = subprocess.run(  # noqa: S603 fixed words and our own file
        [_GIT, "apply", *options, str(patch.path)],
        cwd=tree,
        env={**os.environ, "GIT_CEILING_DIRECTORIES": str(tree.resolve().parent)},
        check=False,
        capture_output=True,
    )
    return done.returncode == 0
