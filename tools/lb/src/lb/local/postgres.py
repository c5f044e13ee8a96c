"""A real PostgreSQL server: made once, started, stopped, killed."""

import contextlib
import shutil
import signal
from pathlib import Path
from typing import Literal

import asyncpg

from lb.local.accounts import Account, memory_has_room, place_for, remove_place, run_as, server_account
from lb.local.child import Child, Launch
from lb.local.downloads import Tell, tell_stderr
from lb.local.pgbinaries import PgBinaries, find_binaries
from lb.local.ports import HOST
from lb.local.processes import Identity, end, identify, wait_for_end, working_in
from lb.local.programs import ran
from lb.paths import Project
from lb.problems import Problem, remedy, telling

StopMode = Literal["smart", "fast", "immediate"]
_STOP_SIGNALS = {"smart": signal.SIGTERM, "fast": signal.SIGINT, "immediate": signal.SIGQUIT}
_LONGEST_SOCKET_PATH = 107

# Statements, parameters and the details of errors can hold names and numbers of persons: they go to the client only.
_SETTINGS = """\
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{sockets}'
max_connections = 200
shared_buffers = 128MB
jit = off
fsync = {fsync}
synchronous_commit = on
full_page_writes = on
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
logging_collector = off
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_statement = none
log_min_duration_statement = -1
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
"""


class PostgresServer:
    """One server on 127.0.0.1 whose data lie below `folder` (or in a shelter, where its user cannot reach that).

    What is `fleeting` need not outlive a power cut, and lies in memory where that has room: data of tests, which make a
    database for each of them.
    """

    def __init__(
        self,
        project: Project,
        folder: Path,
        *,
        port: int,
        log: Path,
        tell: Tell = tell_stderr,
        fleeting: bool = False,
    ) -> None:
        self.folder, self.port, self.log = folder, port, log
        self._project, self._tell = project, tell
        self._fsync = "off" if fleeting else "on"
        self._in_memory = fleeting and memory_has_room()
        self._account: Account | None = server_account()
        self._child: Child | None = None

    @property
    def dsn(self) -> str:
        """The administrator's address."""
        return f"postgresql://postgres@{HOST}:{self.port}/postgres"

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child else None

    def prepare(self) -> Launch:
        """Make the data folder where there is none, write the settings, clear a dead server's traces."""
        place = place_for(self.folder, self._account, in_memory=self._in_memory)
        data = place / "data"
        binaries = self._binaries(place)
        if not (data / "PG_VERSION").exists():
            self._make(place, binaries)
        clear_leftovers(data)
        (data / "labourbridge.conf").write_text(self._settings(data))
        return Launch(
            name="PostgreSQL", argv=(binaries.program("postgres"), "-D", str(data)), cwd=data, log=self.log,
            account=self._account, stop_signal=signal.SIGINT,
        )  # fmt: skip

    def _settings(self, data: Path) -> str:
        return _SETTINGS.format(port=self.port, sockets=_sockets(data, self.port), fsync=self._fsync)

    def start(self, *, timeout: float = 60.0) -> None:
        """Return once it answers a query."""
        self._child = Child(self.prepare())
        self._child.wait_ready(self.answers, timeout=timeout)

    async def answers(self) -> bool:
        return await answers(self.dsn)

    def stop(self, mode: StopMode = "fast", *, grace: float = 30.0) -> None:
        if self._child:
            self._child.stop(with_signal=_STOP_SIGNALS[mode], grace=grace)
            self._child = None

    def kill(self) -> None:
        """SIGKILL of the postmaster, as a crash of the machine's process would be."""
        if self._child:
            self._child.kill()
            self._child = None

    def remove(self) -> None:
        """Remove the stopped server's data, wherever they are."""
        remove_place(self.folder)

    def _binaries(self, place: Path) -> PgBinaries:
        version = place / "data" / "PG_VERSION"
        major = int(version.read_text().strip()) if version.exists() else None
        return find_binaries(self._project, account=self._account, shelter=place, major=major, tell=self._tell)

    def _make(self, place: Path, binaries: PgBinaries) -> None:
        """initdb beside the final name, so that half a cluster never passes for a whole one."""
        fresh = place / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        command = [binaries.program("initdb"), "-D", str(fresh), "-U", "postgres", "-A", "trust",
                   "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums"]  # fmt: skip
        done = ran(command, cwd=place, timeout=120, user=run_as(self._account))
        if done.returncode != 0:
            do = remedy(done.stderr, otherwise="Mend that, then try again.")
            raise Problem(f"PostgreSQL could not make {fresh}: {telling(done.stderr)}.", do=do)
        with (fresh / "postgresql.conf").open("a") as settings:
            settings.write("\ninclude = 'labourbridge.conf'\n")
        fresh.rename(place / "data")


async def answers(dsn: str) -> bool:
    """Whether a server answers a query, not only whether its port is open."""
    try:
        connection = await asyncpg.connect(dsn, timeout=2)
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return False
    try:
        return bool(await connection.fetchval("select 1", timeout=2) == 1)
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return False
    finally:
        connection.terminate()


def _sockets(data: Path, port: int) -> str:
    """The data folder, or nowhere where a socket's path would be longer than the system allows."""
    return str(data) if len(str(data / f".s.PGSQL.{port}").encode()) <= _LONGEST_SOCKET_PATH else ""


def clear_leftovers(data: Path) -> None:
    """End an orphan on this data folder and drop a pid file whose number now belongs to somebody else.

    A pid file of a dead server stays: PostgreSQL uses it to find shared memory that is still in use.
    """
    here = working_in(data.resolve())
    recorded = _postmaster(data)
    if recorded is not None and recorded in here:
        end(recorded, with_signal=signal.SIGINT, grace=20)
    for backend in here:
        if not wait_for_end(backend, timeout=5):
            end(backend, with_signal=signal.SIGQUIT, grace=5)
    if recorded is not None and recorded not in here:
        with contextlib.suppress(FileNotFoundError):
            (data / "postmaster.pid").unlink()


def _postmaster(data: Path) -> Identity | None:
    """The living process whose number `postmaster.pid` holds, whoever that is."""
    try:
        number = (data / "postmaster.pid").read_text().splitlines()[0]
    except (FileNotFoundError, IndexError):
        return None
    return identify(int(number))
