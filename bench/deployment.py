"""The servers of one benchmark, fresh and with default, durable settings; and the services' databases on them."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import asyncpg
from eventcore import migrations
from eventcore.serving import Program
from eventcore.web import access
from eventcore.worker import make_topics
from lb.deployment import Deployment, claim
from lb.keyfiles import provide_secrets
from lb.local.child import Child
from lb.local.databases import provide_database
from lb.local.ports import is_free
from lb.local.postgres import PostgresServer
from lb.local.sessions import Session, open_session
from lb.paths import find_project
from lb.tokens import Bearer, sign_token
from lb.topology import PORTS_A_REGION, SERVICES, Ports, Service, only

from bench.plan import REGION
from bench.processes import serving

_FIRST_PORT: Final = 21_000


@contextmanager
def deployed(*, kafka: bool = False, commit_times: bool = False) -> Iterator[Deployment]:
    """Both PostgreSQL instances (and Kafka) of a deployment of its own; everything is removed at the end.
    `commit_times`: PostgreSQL remembers when each transaction was committed."""
    project = find_project()
    session = open_session(project.runs / "bench")
    with ExitStack() as ends:
        ends.callback(session.close)
        services = only("registry", "reporting")
        deployment = Deployment(
            project=project, region=REGION, run=session.folder, ports=_ports(), services=services, viewer=False
        )
        claim(deployment)
        provide_secrets(deployment)
        for keys in (False, True):
            _start_postgres(deployment.postgres(keys=keys), session, ends, commit_times=commit_times and not keys)
        if kafka:
            broker = deployment.kafka()
            broker.start()
            ends.callback(broker.stop)
            session.remember(broker.pid)
        asyncio.run(_databases(deployment))
        yield deployment


def _ports() -> Ports:
    for first in range(_FIRST_PORT, 60_000, PORTS_A_REGION):
        if all(is_free(port) for port in Ports(first=first).named().values()):
            return Ports(first=first)
    raise LookupError("no free ports")


def _start_postgres(server: PostgresServer, session: Session, ends: ExitStack, *, commit_times: bool) -> None:
    ends.callback(server.remove)
    server.start()
    if commit_times:
        asyncio.run(_execute(server.dsn, "alter system set track_commit_timestamp = on"))
        server.stop()
        server.start()
    ends.callback(server.stop)
    session.remember(server.pid)


async def _execute(dsn: str, statement: str) -> None:
    connection = await asyncpg.connect(dsn, timeout=10)
    try:
        await connection.execute(statement)
    finally:
        await connection.close(timeout=5)


async def _databases(deployment: Deployment) -> None:
    for service in deployment.services:
        for database in service.databases:
            await provide_database(deployment.postgres(keys=database.keys).dsn, database.name)


def environment(deployment: Deployment, name: str, command: str = "api") -> dict[str, str]:
    """The variables of a service's command, with the owner's addresses."""
    service = _service(name)
    return deployment.environment(service, "migrate") | deployment.environment(service, command)


def settings(deployment: Deployment, program: Program[Any]) -> Any:
    """The settings of a service, as its process would read them."""
    variables = environment(deployment, program.service.name)
    return program.settings(**{name.removeprefix("LB_").lower(): value for name, value in variables.items() if value})


def migrate(deployment: Deployment, program: Program[Any], *, topics: bool = False) -> None:
    """Databases, views and, where Kafka runs, topics of a service."""
    given = settings(deployment, program)
    owner = given.database_owner_url.get_secret_value()
    role = urlsplit(given.database_url.get_secret_value()).username or ""
    migrations.upgrade(owner, program.service.migrations)
    asyncio.run(migrations.lay(owner, role, program.service.views))
    if program.migrate:
        asyncio.run(_awaited(program.migrate(given)))
    if topics:
        asyncio.run(make_topics(program.service, given))


async def _awaited(work: Any) -> None:
    await work


@contextmanager
def running(deployment: Deployment, name: str, command: str, port: str = "api") -> Iterator[Child]:
    """A service's process, from when it lives until it ended; it listens where `port` (api, worker) does. It need not
    be ready: an API is so only after a worker has fed its views, and here it may run alone."""
    variables = environment(deployment, name, port)
    argv, log = deployment.command(_service(name), command), deployment.logs / f"{name}-{command}.log"
    with serving(argv, f"{deployment.url(_service(name), port)}/livez", log, variables) as child:
        yield child


def token(deployment: Deployment, method: str, route: str, subject: str, also: Sequence[tuple[str, str]] = ()) -> str:
    """A bearer token that the access table lets call this route of the registry, and others of the same office,
    anywhere in the province."""
    table = access.load(Path(environment(deployment, "registry")["LB_ACCESS_TABLE"]), "registry")
    row = table[method, route]
    bearer = Bearer(
        office=min(row.offices, default="surveyor"),
        region=REGION,
        scopes=tuple(table[place].scope for place in ((method, route), *also)),
        subject=subject,
        client="bench",
        organisation="520000-hrss",
    )
    return sign_token(deployment, bearer)


def _service(name: str) -> Service:
    return next(service for service in SERVICES if service.name == name)
