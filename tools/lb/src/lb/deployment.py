"""One region's deployment on this machine: its run folder, ports, addresses and the variables of its services."""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from eventcore.settings import DEV_ISSUER

from lb.exchange import FOLDER, Exchange, noted_provinces
from lb.local.certificates import CERTIFICATE, KEY
from lb.local.databases import with_database
from lb.local.kafka import KafkaServer
from lb.local.ports import HOST
from lb.local.postgres import PostgresServer
from lb.local.zipkin import ZipkinServer
from lb.paths import Project
from lb.problems import Problem
from lb.topology import (
    EXCHANGE_VARIABLES,
    FIRST_PORT,
    KAFKA_CONTROLLER_PORT,
    KAFKA_PORT,
    KEYS_POSTGRES_PORT,
    OTLP_PORT,
    PORTS_A_REGION,
    POSTGRES_PORT,
    REGISTRY_PORT,
    SERVICES,
    ZIPKIN_PORT,
    Database,
    Ports,
    Service,
)

_FIRST_PORT_FILE = "first-port"
_REGION_FILE = "region"
_AS_ONE_FILE = "as-one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """What `lb up` runs. Everything it writes lies in `run` (PostgreSQL's data perhaps in a shelter)."""

    project: Project
    region: str
    run: Path
    ports: Ports
    services: tuple[Service, ...] = SERVICES
    viewer: bool = True
    """Whether Zipkin runs, and takes the spans."""
    otlp_endpoint: str = ""
    """Where spans go without it; empty for nowhere."""
    exchange: Exchange | None = None
    """What it shares with other provinces; without one it stands alone."""
    as_one: bool = False
    """Whether a service is one process, which also migrates: a third of the memory and of the time to start."""
    bank_options: tuple[str, ...] = ()
    """Further words for `bank serve`, e.g. of its mishaps."""
    bank_format: str = "txt"
    """In which of the two formats services write to the bank."""

    @property
    def logs(self) -> Path:
        return self.run / "log"

    @property
    def jwks(self) -> Path:
        """The public keys that services check tokens with."""
        return self.run / "tokens" / "jwks.json"

    @property
    def token_key(self) -> Path:
        """The private key that `lb token` signs with."""
        return self.run / "secrets" / "token_key.json"

    @property
    def bank(self) -> Path:
        """The folder that holds the files to and from the bank, and the bank's own store."""
        return self.run / "bank"

    @property
    def audience(self) -> str:
        return f"urn:labourbridge:{self.region}"

    @property
    def access_table(self) -> Path:
        """Who may call what."""
        return self.project.root / "docs" / "access.csv"

    def listening(self) -> dict[str, int]:
        """Everything that will listen: what it is → its port."""
        return self.ports.named(self.services)

    def secrets(self, service: Service) -> Path:
        return self.run / "secrets" / service.name

    def commands(self, service: Service) -> tuple[str, ...]:
        """Long-running commands of the service."""
        return ("all",) if self.as_one else tuple(service.ports)

    def port(self, service: Service, command: str) -> int:
        """Where a service's command listens; 0 where it does not."""
        offset = service.ports.get("api" if command == "all" else command)
        return 0 if offset is None else self.ports[offset]

    def url(self, service: Service, command: str = "api") -> str:
        """Where a service's command answers."""
        return f"http://{HOST}:{self.port(service, command)}"

    def address(self, name: str) -> str:
        """Where the API of the service of that name answers."""
        return next(self.url(service) for service in self.services if service.name == name)

    def postgres(self, *, keys: bool = False) -> PostgresServer:
        name, port = ("keys", KEYS_POSTGRES_PORT) if keys else ("postgres", POSTGRES_PORT)
        return PostgresServer(
            self.project, self.run / name, port=self.ports[port], log=self.logs / f"{name}.log", tell=_silent
        )

    def kafka(self) -> KafkaServer:
        return KafkaServer(
            self.project, self.run / "kafka", port=self.ports[KAFKA_PORT],
            controller_port=self.ports[KAFKA_CONTROLLER_PORT], log=self.logs / "kafka.log", tell=_silent,
        )  # fmt: skip

    def zipkin(self) -> ZipkinServer:
        return ZipkinServer(
            self.project, self.run / "zipkin", port=self.ports[ZIPKIN_PORT], log=self.logs / "zipkin.log", tell=_silent
        )

    def database_url(self, database: Database, *, owner: bool) -> str:
        role = f"{database.name}_{'owner' if owner else 'app'}"
        return with_database(self.postgres(keys=database.keys).dsn, database.name, user=role)

    def environment(self, service: Service, command: str) -> dict[str, str]:
        """The variables of `python -m <service> <command>`."""
        values = {
            "LB_ENV": os.environ.get("LB_ENV", "dev"),
            "LB_REGION": self.region,
            "LB_HOST": HOST,
            "LB_PORT": str(self.port(service, command)),
            "LB_KAFKA_BOOTSTRAP": self.kafka().bootstrap,
            "LB_OTLP_ENDPOINT": f"http://{HOST}:{self.ports[OTLP_PORT]}" if self.viewer else self.otlp_endpoint,
            "LB_JWKS": str(self.jwks),
            "LB_TOKEN_ISSUER": DEV_ISSUER,
            "LB_TOKEN_AUDIENCE": self.audience,
            "LB_SECRETS_DIR": str(self.secrets(service)),
            "LB_ACCESS_TABLE": str(self.access_table),
            "LB_REGISTRY_URL": f"http://{HOST}:{self.ports[REGISTRY_PORT]}",
            "LB_BANK_FOLDER": str(self.bank),
            "LB_BANK_FORMAT": self.bank_format,
        }
        values |= self._exchange_variables(self.secrets(service))
        for database in service.databases:
            values[f"{database.prefix}_URL"] = self.database_url(database, owner=False)
            values[f"{database.prefix}_OWNER_URL"] = self.database_url(database, owner=True)
        return {name: values[name] for name in service.variables(command)}

    def _exchange_variables(self, secrets: Path) -> dict[str, str]:
        """Empty ones say that the province stands alone."""
        if self.exchange is None:
            return dict.fromkeys(EXCHANGE_VARIABLES, "")
        server = self.exchange.server()
        return {
            "LB_EXCHANGE_BOOTSTRAP": server.bootstrap,
            "LB_EXCHANGE_CA": str(server.ca),
            "LB_EXCHANGE_CERTIFICATE": str(secrets / CERTIFICATE),
            "LB_EXCHANGE_KEY": str(secrets / KEY),
            "LB_EXCHANGE_DIRECTORY": str(self.exchange.directory),
            "LB_EXCHANGE_PROVINCES": ",".join(self.exchange.others(self.region)),
        }

    def command(self, service: Service, command: str) -> tuple[str, ...]:
        return (sys.executable, "-m", service.name, command, *(("--migrate",) if command == "all" else ()))

    def bank_command(self, command: str) -> tuple[str, ...]:
        """A command of the bank, over its folder."""
        options = self.bank_options if command == "serve" else ()
        return (sys.executable, "-m", "bank", command, "--folder", str(self.bank), *options)

    def exists(self) -> bool:
        """Whether `lb up` ever used this run folder."""
        return (self.run / _FIRST_PORT_FILE).exists()


def find_deployment(
    project: Project, *, region: str, run: Path | None, first_port: int | None = None, viewer: bool = True
) -> Deployment:
    """The deployment of a run folder, `.run/<region>` where none is named; it keeps the ports it had."""
    folder = (run or project.runs / region).absolute()
    _check_region(folder, region)
    ports = Ports(first=first_port or _kept_port(folder) or _next_port(folder.parent))
    exchange = None
    if region in (provinces := noted_provinces(folder.parent)):
        exchange = find_exchange(project, folder.parent, provinces)
    return Deployment(
        project=project, region=region, run=folder, ports=ports, viewer=viewer, exchange=exchange,
        as_one=(folder / _AS_ONE_FILE).exists(),
    )  # fmt: skip


def find_exchange(
    project: Project, runs: Path, provinces: tuple[str, ...], *, first_port: int | None = None
) -> Exchange:
    """The exchange of provinces whose run folders lie in `runs`; it keeps the ports it had."""
    folder = runs / FOLDER
    ports = Ports(first=first_port or _kept_port(folder) or _next_port(runs))
    return Exchange(project=project, run=folder, ports=ports, provinces=provinces)


def claim(deployment: Deployment | Exchange) -> None:
    """Make the run folder and note its ports, so that the next region gets others."""
    try:
        deployment.logs.mkdir(parents=True, exist_ok=True)
        (deployment.run / _FIRST_PORT_FILE).write_text(f"{deployment.ports.first}\n")
        (deployment.run / _REGION_FILE).write_text(f"{deployment.region}\n")
        if isinstance(deployment, Deployment):
            _note(deployment.run / _AS_ONE_FILE, holds=deployment.as_one)
    except OSError as error:
        raise Problem(
            f"The run folder {deployment.run} cannot be written: {error.strerror}.", do="Name another one with --run."
        ) from error


def _note(file: Path, *, holds: bool) -> None:
    if holds:
        file.touch()
    else:
        file.unlink(missing_ok=True)


def _check_region(run: Path, region: str) -> None:
    """A run folder belongs to one region for good: another one would write into its data."""
    file = run / _REGION_FILE
    kept = file.read_text().strip() if file.exists() else region
    if kept != region:
        raise Problem(f"{run} holds region {kept}, not {region}.", do=f"Add --region {kept}, or name another --run.")


def _kept_port(run: Path) -> int | None:
    file = run / _FIRST_PORT_FILE
    return int(file.read_text()) if file.exists() else None


def _next_port(runs: Path) -> int:
    taken = set(_all_kept(runs.glob(f"*/{_FIRST_PORT_FILE}")))
    port = FIRST_PORT
    while port in taken:
        port += PORTS_A_REGION
    return port


def _all_kept(files: Iterable[Path]) -> Iterable[int]:
    return (int(file.read_text()) for file in files)


def _silent(line: str) -> None:
    """What had to be fetched was fetched, and shown, before."""
