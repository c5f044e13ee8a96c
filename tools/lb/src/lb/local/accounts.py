"""PostgreSQL refuses to run as root: who runs it then, and where that user can reach its files."""

import hashlib
import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lb.local.programs import RunAs, ran
from lb.problems import Problem

ELSEWHERE: Final = Path("/var/tmp")  # noqa: S108
MEMORY: Final = Path("/dev/shm")  # noqa: S108
_ROOM: Final = 3 << 30
"""Bytes: as much as the servers of a test run may come to need, and more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A user of this machine."""

    name: str
    uid: int
    gid: int

    def can_enter(self, folder: Path) -> bool:
        """Whether this user passes through all folders down to `folder`, which must exist."""
        command = ["test", "-x", str(folder)]
        return ran(command, cwd=Path("/"), timeout=5, user=run_as(self)).returncode == 0


def run_as(account: Account | None) -> RunAs:
    return {} if account is None else {"user": account.uid, "group": account.gid, "extra_groups": []}


def server_account() -> Account | None:
    """The user a server runs as that refuses root; None where we are an ordinary user ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid)
    raise Problem("PostgreSQL refuses to run as root, and there is no user postgres or nobody.", do="Run lb as a user.")


def place_for(
    folder: Path, account: Account | None, *, in_memory: bool = False, keep_in: Path = ELSEWHERE, memory: Path = MEMORY
) -> Path:
    """`folder` itself where the account can reach it, else one named folder elsewhere; made, with the right owner."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    if in_memory:
        folder = _shelter(folder.parent, memory) / folder.name
    elif account and not account.can_enter(folder.parent):
        folder = _shelter(folder.parent, keep_in) / folder.name
    folder.mkdir(mode=0o700, exist_ok=True)
    if account:
        _give(folder, account)
    return folder


def remove_place(folder: Path, *, keep_in: Path = ELSEWHERE, memory: Path = MEMORY) -> None:
    """Remove what `place_for` made, wherever it was."""
    shutil.rmtree(folder, ignore_errors=True)
    for elsewhere in (shelter_path(folder.parent, keep_in), shelter_path(folder.parent, memory)):
        shutil.rmtree(elsewhere / folder.name, ignore_errors=True)
        if elsewhere.is_dir() and not any(elsewhere.iterdir()):
            elsewhere.rmdir()


def memory_has_room(memory: Path = MEMORY) -> bool:
    """Whether a server's programs and data may lie there.

    A database for each test is hundreds of files that come and go, and before ext4 makes a file it looks at each that
    was deleted in the last minutes: on a disk that costs more than the tests.
    """
    if not memory.is_dir():
        return False
    status = os.statvfs(memory)
    return status.f_bavail * status.f_frsize >= _ROOM and not status.f_flag & os.ST_NOEXEC


def shelter_path(folder: Path, keep_in: Path = ELSEWHERE) -> Path:
    """The one folder elsewhere that belongs to a run folder."""
    digest = hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:12]
    return keep_in / f"labourbridge-{digest}"


def _shelter(folder: Path, keep_in: Path) -> Path:
    shelter = shelter_path(folder, keep_in)
    shelter.mkdir(mode=0o711, exist_ok=True)
    # The parent is open to everybody: a folder or link that somebody else put there must not be given away as ours.
    status = shelter.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        raise Problem(f"{shelter} was not made by this user.", do="Remove it and try again.")
    return shelter


def _give(folder: Path, account: Account) -> None:
    if folder.is_symlink():
        raise Problem(f"{folder} is a link.", do="Remove it and try again.")
    os.chown(folder, account.uid, account.gid)
