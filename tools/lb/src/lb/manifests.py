"""What containers are started from, of the topology and the contracts: `python -m lb.manifests`.

Kubernetes' manifests of services and topics, compose's file of each province, and the realm of its identity provider.
What is the same for all is in `deploy/*/templates`; the files are committed, and a test compares.
"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from string import Template
from typing import Final

from contracts.catalogue import TOPICS

from lb.compose import published
from lb.realm import realm
from lb.topology import (
    FIRST_PORT,
    KAFKA_PORT,
    KEYS_POSTGRES_PORT,
    POSTGRES_PORT,
    PROVINCES,
    REGISTRY_PORT,
    SERVICES,
    Database,
    Service,
)

ROOT: Final = Path(__file__).resolve().parents[4]
REGION: Final = PROVINCES[0]
_BANK: Final = "/var/lib/labourbridge/bank"
_BESIDE: Final = {
    "LB_REGISTRY_URL": f'value: "http://registry-api:{FIRST_PORT + REGISTRY_PORT}"',
    "LB_BANK_FOLDER": f"value: {_BANK}",
    "LB_BANK_FORMAT": "value: txt",
}
_MADE: Final = "# Written by `python -m lb.manifests` from {}templates.\n"
_KUBERNETES: Final = Path("deploy/k8s")
_COMPOSE: Final = Path("deploy/compose")


def documents() -> dict[str, str]:
    """Path of a file → text."""
    base = {f"{service.name}.yaml": _service(service) for service in SERVICES}
    base["topics.yaml"] = "# Names carry the region: an overlay renames them.\n" + _topics()
    found = {f"{_KUBERNETES}/base/{name}": _MADE.format("../") + text for name, text in base.items()}
    found |= {f"{_COMPOSE}/{region}.yml": _MADE.format("") + _province(region) for region in PROVINCES}
    return found | {f"{_COMPOSE}/realm.json": realm(ROOT / "docs" / "access.csv")}


def _province(region: str) -> str:
    ports = published(region)
    return _template(_COMPOSE, "province").substitute(
        region=region,
        bank=_BANK,
        postgres_port=ports[POSTGRES_PORT],
        keys_port=ports[KEYS_POSTGRES_PORT],
        kafka_port=ports[KAFKA_PORT],
        services="".join(_contained(region, service) for service in SERVICES),
    )


def _contained(region: str, service: Service) -> str:
    """It owns its databases: it migrates them."""
    ports = published(region)
    values = {"LB_REGISTRY_URL": f"http://{region}-registry:{ports[REGISTRY_PORT]}", "LB_BANK_FOLDER": _BANK}
    values["LB_BANK_FORMAT"] = "txt"
    needs = [f"{region}-postgres", f"{region}-kafka"]
    for database in service.databases:
        host = f"{region}-{'keys' if database.keys else 'postgres'}"
        needs += [] if host in needs else [host]
        for variable, role in (("URL", "app"), ("OWNER_URL", "owner")):
            url = f"postgresql://{database.name}_{role}@{host}:5432/{database.name}"
            values[f"{database.prefix}_{variable}"] = url
    wanted = service.variables("all")
    bank = f"      - ${{LB_RUN_{region}:-../../.run/{region}}}/bank:{_BANK}\n"
    return _template(_COMPOSE, "service").substitute(
        region=region,
        service=service.name,
        port=ports[service.api_port],
        variables="\n".join(f"      {name}: {value}" for name, value in values.items() if name in wanted),
        mounts=bank if service.bank else "",
        needs="\n".join(f"      {each}: {{condition: service_healthy}}" for each in needs),
    )


def _service(service: Service) -> str:
    return _template(_KUBERNETES, "service").substitute(
        service=service.name,
        api_port=FIRST_PORT + service.api_port,
        worker_port=FIRST_PORT + service.worker_port,
        variables=_variables(service, "api"),
        variables_of_migrate=_variables(service, "migrate"),
        worker_mounts=f"\n{' ' * 12}- {{name: bank, mountPath: {_BANK}}}" if service.bank else "",
        worker_volumes=f"\n{' ' * 8}- name: bank\n{' ' * 10}persistentVolumeClaim: {{claimName: bank-files}}"
        if service.bank
        else "",
    )


def _variables(service: Service, command: str) -> str:
    found = chain(*map(_addresses, service.databases), _BESIDE.items())
    wanted = service.variables(command)
    return "\n".join(f"{' ' * 12}- {{name: {name}, {value}}}" for name, value in found if name in wanted)


def _addresses(database: Database) -> Iterator[tuple[str, str]]:
    secret = f"{database.name.replace('_', '-')}-database"
    for variable, key in (("URL", "url"), ("OWNER_URL", "owner-url")):
        yield f"{database.prefix}_{variable}", f"valueFrom: {{secretKeyRef: {{name: {secret}, key: {key}}}}}"


def _topics() -> str:
    return "---\n".join(
        _template(_KUBERNETES, "topic").substitute(
            service=topic.service,
            stream_kind=topic.stream_kind,
            series=topic.series,
            name=topic.name(REGION),
            partitions=topic.partitions,
        )
        for topic in TOPICS
    )


def _template(folder: Path, name: str) -> Template:
    return Template((ROOT / folder / "templates" / f"{name}.yaml").read_text(encoding="utf-8"))


def main() -> None:
    """Writes every file, and names it."""
    for name, text in documents().items():
        (ROOT / name).write_text(text, encoding="utf-8")
        print(name)


if __name__ == "__main__":
    main()
