"""What the machine lacks comes once from the package registries into the cache; later runs need no network.

Python packages are pinned by hash in `deploy/local/*.txt`. An entry of the cache appears whole or not at all, and two
processes that want it at once wait for each other.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lb.local.programs import ran
from lb.paths import Project
from lb.problems import Problem, remedy, telling

Tell = Callable[[str], None]
_DO = "Check the network or the package registry's mirror, then try again."


def tell_stderr(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def hides_system() -> bool:
    """Whether PostgreSQL, Java, Maven and container engine of the system count as missing (`LB_HIDE_SYSTEM=1`)."""
    return os.environ.get("LB_HIDE_SYSTEM") == "1"


def python_packages(project: Project, name: str, *, what: str, tell: Tell, do: str = _DO) -> Path:
    """A folder with the packages that `deploy/local/<name>.txt` pins by hash."""
    pins = project.deploy / f"{name}.txt"

    def fetch(folder: Path) -> None:
        uv = Path(sys.executable).with_name("uv")
        run([str(uv), "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--link-mode", "copy",
             "--python", sys.executable, "--target", str(folder), "-r", str(pins)], what=what, do=do)  # fmt: skip

    return cached(project.cache / f"{name}-{digest_of(pins)}", fetch, what=what, tell=tell)


def cached(entry: Path, make: Callable[[Path], None], *, what: str, tell: Tell) -> Path:
    """The cache's `entry`, made by `make(folder)` where it is missing."""
    if entry.exists():
        return entry
    _writable(entry.parent)
    with _locked(entry):
        if entry.exists():
            return entry
        tell(f"Getting {what} (once) …")
        began = time.monotonic()
        work = Path(tempfile.mkdtemp(prefix=f"{entry.name}.new-", dir=entry.parent))
        try:
            work.chmod(0o755)
            make(work)
            work.rename(entry)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        tell(f"Got {what} in {time.monotonic() - began:.1f} s.")
    return entry


def run(command: list[str], *, what: str, do: str = _DO, cwd: Path | None = None, timeout: float = 900.0) -> None:
    """Run a downloading command; its failure is a `Problem` with the command's own telling lines."""
    try:
        done = ran(command, cwd=cwd, timeout=timeout)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Problem(f"{what} could not be had: {error}.", do=do) from error
    if done.returncode != 0:
        output = done.stdout + done.stderr
        raise Problem(f"{what} could not be had: {telling(output)}.", do=remedy(output, otherwise=do))


def digest_of(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(f"{folder} cannot be made: {error.strerror}.", do="Set LB_CACHE to a folder of yours.") from error
    if not os.access(folder, os.W_OK):
        raise Problem(f"{folder} belongs to another user.", do="Set LB_CACHE to a folder of yours.")


@contextmanager
def _locked(entry: Path) -> Iterator[None]:
    with entry.with_name(f"{entry.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
