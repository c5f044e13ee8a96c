"""Kubernetes and `lb up` start the same services, with the same commands, ports, variables and topics."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from contracts.catalogue import TOPICS
from eventcore.settings import DEV_ISSUER
from lb.manifests import documents
from lb.topology import EXCHANGE_VARIABLES, FIRST_PORT, PROVINCES, REGISTRY_PORT, SERVICES, Ports, Service

ROOT = Path(__file__).parents[2]
BASE, PROVINCE, OVERLAYS = (ROOT / "deploy" / "k8s" / name for name in ("base", "province", "overlays"))
REGION = PROVINCES[0]
KUBERNETES = ("1.34", "1.37")
FOREIGN_KINDS = {"KafkaTopic"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """What a deployment starts for one command of a service."""

    arguments: tuple[str, ...]
    port: int
    variables: frozenset[str]


def expected() -> dict[str, Started]:
    """By the topology: `registry-api` → how it is started."""
    return {
        f"{service.name}-{command}": Started(
            arguments=(command,),
            port=FIRST_PORT + service.ports[command] if command in service.ports else 0,
            variables=frozenset(service.variables(command)),
        )
        for service in SERVICES
        for command in ("migrate", *service.ports)
    }


def kustomization(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((folder / "kustomization.yaml").read_text())
    return found


def merged(part: dict[str, Any]) -> dict[str, str]:
    """What an overlay, or its component, puts into the variables of the region."""
    (generator,) = part["configMapGenerator"]
    assert (generator["name"], generator["behavior"]) == ("region", "merge")
    return dict(each.split("=", 1) for each in generator["literals"])


@cache
def manifests() -> list[dict[str, Any]]:
    names = kustomization(BASE)["resources"]
    assert {path.name for path in BASE.glob("*.yaml")} == {*names, "kustomization.yaml"}
    return [each for name in names for each in yaml.safe_load_all((BASE / name).read_text())]


@pytest.mark.parametrize(("name", "text"), documents().items(), ids=documents())
def test_written_manifests_are_what_would_be_written(name: str, text: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == text, "run: python -m lb.manifests"


def of_kind(*kinds: str) -> list[dict[str, Any]]:
    return [manifest for manifest in manifests() if manifest["kind"] in kinds]


def workloads() -> dict[str, dict[str, Any]]:
    return {each["metadata"]["name"]: each for each in of_kind("Deployment", "StatefulSet", "Job")}


def container(workload: dict[str, Any]) -> dict[str, Any]:
    (only,) = workload["spec"]["template"]["spec"]["containers"]
    assert isinstance(only, dict)
    return only


def test_kubernetes_starts_what_the_topology_says() -> None:
    region = frozenset(of_kind("ConfigMap")[0]["data"])
    started = {}
    for name, workload in workloads().items():
        variables = {each["name"]: each for each in container(workload)["env"]}
        assert container(workload)["envFrom"] == [{"configMapRef": {"name": "region"}}]
        # The number of a worker comes from its set; on one machine there is one, and it takes the first.
        assert ("LB_MEMBER" in variables) == name.endswith("-worker")
        started[name] = Started(
            arguments=tuple(container(workload)["args"]),
            port=int(variables["LB_PORT"]["value"]),
            variables=frozenset(variables) - {"LB_MEMBER"} | region,
        )
    assert started == expected()


def test_kubernetes_services_lead_to_the_ports_of_the_workloads() -> None:
    lasting = {name: each for name, each in expected().items() if each.port}
    services = {each["metadata"]["name"]: each["spec"] for each in of_kind("Service")}
    assert set(services) == set(lasting)
    for name, wanted in lasting.items():
        workload = workloads()[name]["spec"]
        assert services[name]["ports"] == [{"name": "http", "port": wanted.port, "targetPort": "http"}]
        assert container(workloads()[name])["ports"] == [{"name": "http", "containerPort": wanted.port}]
        labels = workload["template"]["metadata"]["labels"]
        assert services[name]["selector"] == workload["selector"]["matchLabels"] == labels


@pytest.mark.parametrize("name", [name for name in expected() if not name.endswith("-migrate")])
def test_kubernetes_asks_the_probes_that_services_have(name: str) -> None:
    found = container(workloads()[name])
    paths = {probe: found[probe]["httpGet"] for probe in ("startupProbe", "livenessProbe", "readinessProbe")}
    assert paths["startupProbe"] == paths["livenessProbe"] == {"path": "/livez", "port": "http"}
    assert paths["readinessProbe"] == {"path": "/readyz", "port": "http"}


@pytest.mark.parametrize("name", expected())
def test_kubernetes_gives_away_no_rights_and_only_the_services_own_secrets(name: str) -> None:
    pod = workloads()[name]["spec"]["template"]["spec"]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container(workloads()[name])["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    service, _, command = name.partition("-")
    mounted = [volume["secret"]["secretName"] for volume in pod["volumes"] if "secret" in volume]
    assert mounted == [f"{service}-secrets"]
    databases = {each.name.replace("_", "-") for known in SERVICES if known.name == service for each in known.databases}
    references = [each["valueFrom"]["secretKeyRef"] for each in container(workloads()[name])["env"]
                  if "secretKeyRef" in each.get("valueFrom", {})]  # fmt: skip
    assert {each["name"] for each in references} == {f"{database}-database" for database in databases}
    assert {each["key"] for each in references} == {"url", "owner-url"} if command == "migrate" else {"url"}


@pytest.mark.parametrize("name", expected())
def test_what_provinces_share_cannot_be_written(name: str) -> None:
    folder = "/run/labourbridge/exchange"
    mounts = [each for each in container(workloads()[name])["volumeMounts"] if each["mountPath"] == folder]
    assert [each["readOnly"] for each in mounts] == [True]


def test_only_who_pays_shares_a_folder_with_the_bank() -> None:
    payers = [service for service in SERVICES if service.bank]
    claims = {
        name: volume["persistentVolumeClaim"]["claimName"]
        for name, workload in workloads().items()
        for volume in workload["spec"]["template"]["spec"]["volumes"]
        if "persistentVolumeClaim" in volume
    }
    (claim,) = of_kind("PersistentVolumeClaim")
    assert claims == {f"{payer.name}-worker": claim["metadata"]["name"] for payer in payers}
    for name in claims:
        found = container(workloads()[name])
        folder = next(each["value"] for each in found["env"] if each["name"] == "LB_BANK_FOLDER")
        assert folder in [each["mountPath"] for each in found["volumeMounts"]]


@pytest.mark.parametrize("service", [each for each in SERVICES if each.registry_office], ids=lambda each: each.name)
def test_who_asks_the_registry_finds_its_api(service: Service) -> None:
    wanted = f"http://registry-api:{Ports()[REGISTRY_PORT]}"
    assert {"name": "LB_REGISTRY_URL", "value": wanted} in container(workloads()[f"{service.name}-api"])["env"]


def test_topics_of_kubernetes_are_those_that_the_contracts_declare() -> None:
    found = {each["spec"]["topicName"]: each["spec"] for each in of_kind("KafkaTopic")}
    assert {name: spec["partitions"] for name, spec in found.items()} == {
        topic.name(REGION): topic.partitions for topic in TOPICS
    }
    for spec in found.values():
        assert spec["config"] == {"retention.ms": -1, "min.insync.replicas": 2}
        assert spec["replicas"] == 3


def test_no_developers_issuer_reaches_production() -> None:
    region = of_kind("ConfigMap")[0]["data"]
    assert (region["LB_ENV"], region["LB_REGION"]) == ("prod", REGION)
    assert not region["LB_TOKEN_ISSUER"].startswith(DEV_ISSUER)
    assert region["LB_TOKEN_ISSUER"].startswith("https://")


def test_there_is_an_overlay_for_every_province() -> None:
    assert {path.parent.name for path in OVERLAYS.rglob("*.yaml")} == set(PROVINCES)


@pytest.mark.parametrize("region", PROVINCES)
def test_an_overlay_says_which_province_it_is_and_with_whom_it_exchanges(region: str) -> None:
    overlay = kustomization(OVERLAYS / region)
    assert overlay["namespace"] == f"labourbridge-{region}"
    assert [(OVERLAYS / region / path).resolve() for path in overlay["resources"]] == [BASE]
    assert [(OVERLAYS / region / path).resolve() for path in overlay["components"]] == [PROVINCE]
    values = merged(overlay) | merged(kustomization(PROVINCE))
    assert values.keys() == {"LB_REGION", *EXCHANGE_VARIABLES} <= of_kind("ConfigMap")[0]["data"].keys()
    assert all(values.values())
    assert values["LB_REGION"] == region
    assert values["LB_EXCHANGE_PROVINCES"].split(",") == [each for each in PROVINCES if each != region]


def test_keys_and_certificates_of_the_exchange_are_where_volumes_put_them() -> None:
    mounts = {each["mountPath"] for each in container(workloads()["placement-worker"])["volumeMounts"]}
    assert {str(Path(place).parent) for place in merged(kustomization(PROVINCE)).values()} <= mounts


def test_an_overlay_renames_everything_that_carries_the_region_and_nothing_else() -> None:
    (replacement,) = kustomization(PROVINCE)["replacements"]
    assert replacement["source"] == {"kind": "ConfigMap", "name": "region", "fieldPath": "data.LB_REGION"}
    renamed = []
    for target in replacement["targets"]:
        delimiter, index = target["options"]["delimiter"], target["options"]["index"]
        for manifest in of_kind(target["select"]["kind"]):
            for path in target["fieldPaths"]:
                block, field = path.split(".")
                value = manifest[block][field]
                assert value.split(delimiter)[index] == REGION
                renamed.append(value)
    text = "".join((BASE / name).read_text() for name in kustomization(BASE)["resources"])
    assert text.count(REGION) == len(renamed) + 1  # and LB_REGION itself
    assert len(renamed) == len(TOPICS) + 1


@pytest.mark.parametrize("version", KUBERNETES)
def test_every_manifest_is_valid_by_the_schemas_of_kubernetes(version: str) -> None:
    kinds = set()
    for manifest in manifests():
        kinds.add(manifest["kind"])
        if manifest["kind"] not in FOREIGN_KINDS:
            kubernetes_validate.validate(manifest, version, strict=True)
    assert kinds >= {"Deployment", "StatefulSet", "Job", "Service", "ConfigMap", "NetworkPolicy", "KafkaTopic"}


def test_the_image_runs_as_an_ordinary_user_and_installs_only_pinned_packages() -> None:
    text = (ROOT / "Dockerfile").read_text()
    assert "ARG SERVICE" in text
    assert re.findall(r"^USER (.+)$", text, re.MULTILINE) == ["10001:10001"]
    assert "--require-hashes -r uv.txt" in text
    assert "--constraint requirements.lock" in text
    copied = re.findall(r"^COPY (?!--from)(\S+)", text, re.MULTILINE)
    assert all((ROOT / path).exists() for path in copied if "$" not in path and path != "docs/access.csv")
