"""A test session's folder, held by a lock; what killed sessions left is ended and removed by the next one."""

import contextlib
import fcntl
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

from lb.local.accounts import remove_place
from lb.local.processes import Identity, end, identify


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """`folder` is this session's alone until `close`."""

    folder: Path
    lock: TextIO

    def remember(self, pid: int | None) -> None:
        """Write down a server, so that it is found if this session is killed."""
        who = identify(pid) if pid else None
        if who:
            _pids(self.folder).write_text(json.dumps([asdict(each) for each in (*_recorded(self.folder), who)]))

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        _lock_path(self.folder).unlink(missing_ok=True)
        self.lock.close()


def open_session(parent: Path) -> Session:
    """A fresh folder below `parent`, after the folders of dead sessions were cleared away."""
    parent.mkdir(parents=True, exist_ok=True)
    with _exclusive(parent / "lock"):
        for lock in parent.glob("*.session"):
            _clear_if_dead(lock)
        folder = Path(tempfile.mkdtemp(prefix="session-", dir=parent))
        folder.chmod(0o755)
        held = _lock_path(folder).open("w")
        fcntl.flock(held, fcntl.LOCK_EX)
        return Session(folder=folder, lock=held)


def _clear_if_dead(lock: Path) -> None:
    with lock.open("w") as attempt:
        try:
            fcntl.flock(attempt, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        folder = lock.with_suffix("")
        for orphan in _recorded(folder):
            end(orphan)
        remove_place(folder / "postgres")
        shutil.rmtree(folder, ignore_errors=True)
        lock.unlink()


def _recorded(folder: Path) -> list[Identity]:
    with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):
        return [Identity(**each) for each in json.loads(_pids(folder).read_text())]
    return []


def _pids(folder: Path) -> Path:
    return folder / "pids.json"


def _lock_path(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.session")


@contextmanager
def _exclusive(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
