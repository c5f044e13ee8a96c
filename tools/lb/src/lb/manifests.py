"""Kubernetes' manifests of services and topics, from the topology and the contracts: `python -m lb.manifests`.

What is the same for every service is in `deploy/k8s/templates`; the files are committed, and a test compares.
"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from string import Template
from typing import Final

from contracts.catalogue import TOPICS

from lb.topology import FIRST_PORT, REGISTRY_PORT, SERVICES, Database, Service

DEPLOY: Final = Path(__file__).resolve().parents[4] / "deploy" / "k8s"
REGION: Final = "520000"
_BANK: Final = "/var/lib/labourbridge/bank"
_BESIDE: Final = {
    "LB_REGISTRY_URL": f'value: "http://registry-api:{FIRST_PORT + REGISTRY_PORT}"',
    "LB_BANK_FOLDER": f"value: {_BANK}",
    "LB_BANK_FORMAT": "value: txt",
}
_MADE: Final = "# Written by `python -m lb.manifests` from ../templates.\n"


def documents() -> dict[str, str]:
    """Name of a file in `deploy/k8s/base` -> text."""
    found = {f"{service.name}.yaml": _MADE + _service(service) for service in SERVICES}
    return {**found, "topics.yaml": _MADE + "# Names carry the region: an overlay renames them.\n" + _topics()}


def _service(service: Service) -> str:
    return _template("service").substitute(
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
        _template("topic").substitute(
            service=topic.service,
            stream_kind=topic.stream_kind,
            series=topic.series,
            name=topic.name(REGION),
            partitions=topic.partitions,
        )
        for topic in TOPICS
    )


def _template(name: str) -> Template:
    return Template((DEPLOY / "templates" / f"{name}.yaml").read_text(encoding="utf-8"))


def main() -> None:
    """Writes every file, and names it."""
    for name, text in documents().items():
        (DEPLOY / "base" / name).write_text(text, encoding="utf-8")
        print(f"deploy/k8s/base/{name}")


if __name__ == "__main__":
    main()
