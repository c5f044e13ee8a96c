"""The units of a deployment, from the topology."""

import os
import sys
from collections.abc import Iterator

from lb.deployment import Deployment
from lb.exchange import FOLDER, Exchange
from lb.local.child import Launch
from lb.local.ports import HOST
from lb.topology import OTLP_PORT, Service
from lb.units import Unit

_DATABASES = "databases"
_LENT = ("PATH", "HOME", "USER", "LANG", "TMPDIR", "VIRTUAL_ENV", "SSL_CERT_FILE")


def plan(deployment: Deployment) -> list[Unit]:
    """Servers first, then the bank, the databases, and each service's migration, api and worker."""
    services = (unit for service in deployment.services for unit in _service(deployment, service))
    return [*_servers(deployment), *_bank(deployment), _databases(deployment), *services]


def plan_exchange(exchange: Exchange) -> list[Unit]:
    """The Kafka that provinces share."""
    server = exchange.server()
    launch = server.prepare()
    return [
        _from_launch(
            FOLDER, launch, kafka=server.bootstrap, certificates=str(server.folder), grace=30.0, ready_seconds=90.0
        ),
    ]


def _servers(deployment: Deployment) -> Iterator[Unit]:
    for name, keys in (("postgres", False), ("keys", True)):
        server = deployment.postgres(keys=keys)
        launch = server.prepare()
        yield _from_launch(name, launch, postgres=server.dsn, data=str(launch.cwd), grace=30.0)
    kafka = deployment.kafka()
    yield _from_launch("kafka", kafka.prepare(), kafka=kafka.bootstrap, grace=30.0, ready_seconds=90.0)
    if deployment.viewer:
        yield from _viewer(deployment)


def _viewer(deployment: Deployment) -> Iterator[Unit]:
    zipkin = deployment.zipkin()
    yield _from_launch("zipkin", zipkin.prepare(), http=f"{zipkin.url}/health", ready_seconds=120.0)
    port = str(deployment.ports[OTLP_PORT])
    yield Unit(
        name="otlp",
        argv=(sys.executable, "-m", "lb.local.otlp", "--port", port, "--zipkin", zipkin.url),
        cwd=str(deployment.run),
        log=str(deployment.logs / "otlp.log"),
        environment=_lent(),
        http=f"http://{HOST}:{port}/health",
    )


def _bank(deployment: Deployment) -> Iterator[Unit]:
    """Beside the services that exchange files with it, and without their variables: it is another house."""
    if not any(service.bank for service in deployment.services):
        return
    yield Unit(
        name="bank",
        argv=deployment.bank_command("serve"),
        cwd=str(deployment.run),
        log=str(deployment.logs / "bank.log"),
        environment=_lent(),
    )


def _databases(deployment: Deployment) -> Unit:
    """All of the services, empty, with their roles."""
    databases = [each for service in deployment.services for each in service.databases]
    pairs = [(deployment.postgres(keys=each.keys).dsn, each.name) for each in databases]
    return Unit(
        name=_DATABASES,
        argv=(sys.executable, "-m", "lb.local.databases", *(part for pair in pairs for part in pair)),
        cwd=str(deployment.run),
        log=str(deployment.logs / f"{_DATABASES}.log"),
        environment=_lent(),
        needs=("postgres", "keys"),
        once=True,
    )


def _service(deployment: Deployment, service: Service) -> Iterator[Unit]:
    provided: tuple[str, ...] = (_DATABASES, "kafka")
    if not deployment.as_one:
        migrate = _command(deployment, service, "migrate", needs=provided)
        provided = (migrate.name,)
        yield migrate
    for command in deployment.commands(service):
        yield _command(deployment, service, command, needs=provided)


def _command(deployment: Deployment, service: Service, command: str, *, needs: tuple[str, ...]) -> Unit:
    """A service's command; a long-running one is ready when it says so itself."""
    name = f"{service.name}-{command}"
    lasting = command in deployment.commands(service)
    return Unit(
        name=name,
        argv=deployment.command(service, command),
        cwd=str(deployment.project.root),
        log=str(deployment.logs / f"{name}.log"),
        environment=_lent() | deployment.environment(service, command),
        needs=needs,
        once=not lasting,
        http=f"{deployment.url(service, command)}/readyz" if lasting else None,
        alive=f"{deployment.url(service, command)}/livez" if lasting else None,
        grace=30.0,
        ready_seconds=60.0 if command in service.ports else 300.0,
    )


def _from_launch(
    name: str,
    launch: Launch,
    *,
    grace: float = 20.0,
    ready_seconds: float = 60.0,
    postgres: str | None = None,
    kafka: str | None = None,
    certificates: str | None = None,
    http: str | None = None,
    data: str | None = None,
) -> Unit:
    return Unit(
        name=name,
        argv=launch.argv,
        cwd=str(launch.cwd),
        log=str(launch.log),
        environment=_lent(),
        account=launch.account,
        stop_signal=launch.stop_signal,
        postgres=postgres,
        kafka=kafka,
        certificates=certificates,
        http=http,
        data=data,
        grace=grace,
        ready_seconds=ready_seconds,
    )


def _lent() -> dict[str, str]:
    """What children get of our own environment: no `LB_*`, which could be meant for another deployment."""
    return {name: os.environ[name] for name in _LENT if name in os.environ} | {"PYTHONUNBUFFERED": "1"}
