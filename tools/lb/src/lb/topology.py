"""What a deployment consists of: the one table that `lb up`, docker-compose.yml and deploy/k8s are compared with."""

from collections.abc import Iterator
from dataclasses import dataclass

FIRST_PORT = 5500
PORTS_A_REGION = 100

PROVINCES = ("520000", "440000")
"""Those that docker-compose.yml starts and deploy/k8s/overlays hold."""

POSTGRES_PORT = 20
KEYS_POSTGRES_PORT = 21
KAFKA_PORT = 22
KAFKA_CONTROLLER_PORT = 23
ZIPKIN_PORT = 24
OTLP_PORT = 25
IDENTITY_PORT = 28
REGISTRY_PORT = 30

REGISTRY_TOKEN = "registry_token"  # noqa: S105 the name of a file
"""The file among a service's secrets with which it asks the registry for what only the vault knows."""

EXCHANGE_VARIABLES = (
    "LB_EXCHANGE_BOOTSTRAP",
    "LB_EXCHANGE_CA",
    "LB_EXCHANGE_CERTIFICATE",
    "LB_EXCHANGE_KEY",
    "LB_EXCHANGE_DIRECTORY",
    "LB_EXCHANGE_PROVINCES",
)
"""Empty where a province stands alone."""

SERVICE_VARIABLES = (
    "LB_ENV",
    "LB_REGION",
    "LB_HOST",
    "LB_PORT",
    "LB_DATABASE_URL",
    "LB_KAFKA_BOOTSTRAP",
    *EXCHANGE_VARIABLES,
    "LB_OTLP_ENDPOINT",
    "LB_JWKS",
    "LB_TOKEN_ISSUER",
    "LB_TOKEN_AUDIENCE",
    "LB_SECRETS_DIR",
    "LB_ACCESS_TABLE",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """A database and the prefix of the two variables that name it: `<prefix>_URL` and `<prefix>_OWNER_URL`."""

    name: str
    prefix: str = "LB_DATABASE"
    keys: bool = False
    """Lies in the instance that holds the keys of personal data and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service: `python -m <name> migrate` once, then its two long-running commands, each at a port."""

    name: str
    databases: tuple[Database, ...]
    api_port: int
    worker_port: int
    secrets: tuple[str, ...]
    registry_office: str = ""
    """As which office it asks the registry, with a token of its own; empty where it does not."""
    bank: bool = False
    """Whether it exchanges files with the bank."""
    exchange: bool = False
    """Whether it speaks to itself in other provinces, with the keys of its own."""

    @property
    def secret_files(self) -> tuple[str, ...]:
        """Its keys, and its token where it has one."""
        return (*self.secrets, REGISTRY_TOKEN) if self.registry_office else self.secrets

    @property
    def ports(self) -> dict[str, int]:
        """Long-running command → port, counted from the region's first."""
        return {"api": self.api_port, "worker": self.worker_port}

    def variables(self, command: str) -> tuple[str, ...]:
        """Names of the variables that the command gets."""
        return tuple(self._variables(command))

    def _variables(self, command: str) -> Iterator[str]:
        yield from SERVICE_VARIABLES
        if self.registry_office:
            yield "LB_REGISTRY_URL"
        if self.bank:
            yield from ("LB_BANK_FOLDER", "LB_BANK_FORMAT")
        for database in self.databases:
            if database.prefix != "LB_DATABASE":
                yield f"{database.prefix}_URL"
            if command in ("migrate", "rebuild", "all"):
                yield f"{database.prefix}_OWNER_URL"


SERVICES = (
    Service(
        name="registry",
        databases=(Database(name="registry"), Database(name="registry_keys", prefix="LB_KEYS_DATABASE", keys=True)),
        api_port=REGISTRY_PORT,
        worker_port=31,
        secrets=("fingerprint_key", "master_key", "index_key"),
        exchange=True,
    ),
    Service(
        name="training",
        databases=(Database(name="training"),),
        api_port=50,
        worker_port=51,
        secrets=("fingerprint_key",),
    ),
    Service(
        name="certification",
        databases=(Database(name="certification"),),
        api_port=60,
        worker_port=61,
        secrets=("fingerprint_key",),
        registry_office="verifier",
    ),
    Service(
        name="placement",
        databases=(Database(name="placement"),),
        api_port=80,
        worker_port=81,
        secrets=("fingerprint_key",),
        exchange=True,
    ),
    Service(
        name="subsidy",
        databases=(Database(name="subsidy"),),
        api_port=70,
        worker_port=71,
        secrets=("fingerprint_key",),
        registry_office="payer",
        bank=True,
        exchange=True,
    ),
    Service(
        name="reporting",
        databases=(Database(name="reporting"),),
        api_port=40,
        worker_port=41,
        secrets=("fingerprint_key", "report_keys"),
    ),
)


def only(*names: str) -> tuple[Service, ...]:
    """Some of the services, in their order: the way from survey to report needs no more than two."""
    return tuple(service for service in SERVICES if service.name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The ports of one region on one machine, counted from `first`."""

    first: int = FIRST_PORT

    def __getitem__(self, offset: int) -> int:
        return self.first + offset

    def named(self, services: tuple[Service, ...] = SERVICES) -> dict[str, int]:
        """Everything that will listen: what it is → its port."""
        listening = {
            "PostgreSQL": self[POSTGRES_PORT],
            "PostgreSQL for keys": self[KEYS_POSTGRES_PORT],
            "Kafka": self[KAFKA_PORT],
            "Kafka's controller": self[KAFKA_CONTROLLER_PORT],
            "Zipkin": self[ZIPKIN_PORT],
            "the trace translator": self[OTLP_PORT],
        }
        for service in services:
            listening |= {f"{service.name} {command}": self[offset] for command, offset in service.ports.items()}
        return listening
