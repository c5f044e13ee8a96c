"""The servers of a run, its own, so that they may be stopped, killed and wiped."""

import asyncio
import csv
import shutil
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from itertools import islice
from os import kill as send_signal
from pathlib import Path
from typing import Final

from lb.deployment import Deployment, claim
from lb.keyfiles import provide_secrets
from lb.local.databases import provide_database
from lb.local.ports import is_free
from lb.local.postgres import PostgresServer
from lb.local.sessions import Session, open_session
from lb.paths import find_project
from lb.tokens import Bearer, sign_token
from lb.topology import PORTS_A_REGION, Ports, only

from tests.chaos.plan import REGION

_FIRST_PORT: Final = 24_000


class Servers:
    """Both PostgreSQL instances and Kafka. Its methods block."""

    def __init__(self, deployment: Deployment, session: Session) -> None:
        self.deployment, self.session = deployment, session
        self.postgres, self.keys = deployment.postgres(), deployment.postgres(keys=True)
        self.kafka = deployment.kafka()

    def start(self) -> None:
        """All at the same time."""
        with ThreadPoolExecutor() as pool:
            for done in [pool.submit(server.start) for server in (self.postgres, self.keys, self.kafka)]:
                done.result()
        self.remember()
        asyncio.run(self._databases())

    async def _databases(self) -> None:
        for service in self.deployment.services:
            for database in service.databases:
                await provide_database((self.keys if database.keys else self.postgres).dsn, database.name)

    def restart(self, server: PostgresServer) -> None:
        """After `stop`."""
        server.start()
        self.remember()

    def start_kafka(self) -> None:
        """After `kill`, perhaps `wipe`."""
        self.kafka.start()
        self.remember()

    def pause_postmaster(self, *, paused: bool) -> None:
        """No new connection is accepted meanwhile; those that are open go on."""
        if self.postgres.pid:
            send_signal(self.postgres.pid, signal.SIGSTOP if paused else signal.SIGCONT)

    def remember(self) -> None:
        for server in (self.postgres, self.keys, self.kafka):
            self.session.remember(server.pid)

    def stop(self) -> None:
        self.kafka.send(signal.SIGCONT)
        with suppress(ProcessLookupError):
            self.pause_postmaster(paused=False)
        self.kafka.kill()
        for server in (self.postgres, self.keys):
            server.stop("immediate")
            server.remove()


@contextmanager
def servers_of(folder: Path, *services: str) -> Iterator[Servers]:
    """Of these services; started, migrated by nobody yet. Their logs are in `folder` at the end, all else is gone."""
    project = find_project()
    with ExitStack() as ends:
        session = open_session(project.runs / "chaos")
        ends.callback(session.close)
        deployment = Deployment(
            project=project, region=REGION, run=session.folder, ports=ranges(1)[0], services=only(*services),
            viewer=False,
        )  # fmt: skip
        yield ends.enter_context(started(deployment, session, folder / "log"))


@contextmanager
def started(deployment: Deployment, session: Session, logs: Path) -> Iterator[Servers]:
    """A deployment's servers, with the keys of its services; the servers' logs are in `logs` at the end."""
    with ExitStack() as ends:
        claim(deployment)
        provide_secrets(deployment)
        ends.callback(shutil.copytree, deployment.logs, logs, dirs_exist_ok=True)
        servers = Servers(deployment, session)
        ends.callback(servers.stop)
        servers.start()
        yield servers


def ranges(count: int) -> list[Ports]:
    """So many ranges of ports that nobody uses."""
    firsts = range(_FIRST_PORT, 60_000, PORTS_A_REGION)
    free = (Ports(first=at) for at in firsts if all(map(is_free, range(at, at + PORTS_A_REGION // 2))))
    found = list(islice(free, count))
    if len(found) < count:
        raise LookupError("no free ports")
    return found


def token(deployment: Deployment, service: str, method: str, route: str, subject: str) -> str:
    """A bearer token that the access table lets call this route, anywhere in the province."""
    with (deployment.project.root / "docs" / "access.csv").open(newline="", encoding="utf-8") as file:
        rows = {(row["service"], row["method"], row["route"]): row for row in csv.DictReader(file)}
    row = rows[service, method, route]
    bearer = Bearer(
        office=min({*row["office"].split()} - {"-"}, default="surveyor"),
        region=REGION,
        scopes=(row["scope"],),
        subject=subject,
        client=subject.partition("-")[0],
        organisation=f"520000-{subject.partition('-')[0]}",
    )
    return sign_token(deployment, bearer)
