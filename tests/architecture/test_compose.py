"""Compose starts what `lb up` starts, for every province, and an identity provider whose tokens services understand."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from eventcore.settings import DEV_ISSUER
from eventcore.web.auth import Caller
from lb.access import grants, scopes_of
from lb.compose import IDENTITY, PAGES, contained, published
from lb.deployment import find_deployment
from lb.exchange import FOLDER
from lb.identity import ISSUER, client_of, identity_variables
from lb.local.certificates import OPERATOR
from lb.paths import find_project
from lb.problems import Problem
from lb.topology import (
    EXCHANGE_VARIABLES,
    FIRST_PORT,
    KAFKA_PORT,
    KEYS_POSTGRES_PORT,
    POSTGRES_PORT,
    PROVINCES,
    SERVICES,
    Service,
)

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docker-compose.yml"
TABLE = ROOT / "docs" / "access.csv"
BOTH = ",".join(PROVINCES)
OFFICES = sorted(set[str]().union(*grants(TABLE).values()))
EACH = [(region, service) for region in PROVINCES for service in SERVICES]
NAMES = [f"{region}-{service.name}" for region, service in EACH]


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def extended(service: dict[str, Any], file: Path) -> dict[str, Any]:
    """As compose reads it, with what it extends."""
    if "extends" not in service:
        return service
    further = file.parent / service["extends"].get("file", file.name)
    below = extended(read(further)["services"][service["extends"]["service"]], further)
    return {**below, **service, "environment": below.get("environment", {}) | service.get("environment", {})}


@cache
def services() -> dict[str, dict[str, Any]]:
    files = [FILE, *(ROOT / name for name in read(FILE)["include"])]
    found = [(name, extended(each, file)) for file in files for name, each in read(file)["services"].items()]
    assert len(dict(found)) == len(found)
    return dict(found)


def told(value: str, **variables: str) -> str:
    """The value where these variables are given to compose."""

    def chosen(match: re.Match[str]) -> str:
        given = variables.get(match[1], "")
        return (match[3] if given else "") if match[2] == "+" else given or match[3]

    return re.sub(r"\$\{(\w+):([-+])([^{}]*)\}", chosen, value)


def exchange_of(name: str, **variables: str) -> dict[str, str]:
    environment = services()[name]["environment"]
    return {variable: told(environment[variable], **variables) for variable in EXCHANGE_VARIABLES}


def test_compose_includes_every_province() -> None:
    assert read(FILE)["include"] == [f"deploy/compose/{region}.yml" for region in PROVINCES]


@pytest.mark.parametrize(("region", "service"), EACH, ids=NAMES)
def test_a_province_starts_what_the_topology_says(region: str, service: Service, tmp_path: Path) -> None:
    found = services()[f"{region}-{service.name}"]
    environment = found["environment"]
    deployment = contained(find_deployment(find_project(), region=region, run=tmp_path))
    lasting = deployment.commands(service)
    assert (tuple(found["command"]), found["profiles"]) == ((*lasting, "--migrate"), [region])
    port = deployment.port(service, *lasting)
    assert (environment["LB_PORT"], found["ports"]) == (str(port), [f"127.0.0.1:{port}:{port}"])
    wanted = deployment.environment(service, *lasting)
    assert set(environment) == set(wanted)
    for name in ("LB_ENV", "LB_REGION", "LB_TOKEN_ISSUER", "LB_TOKEN_AUDIENCE", *EXCHANGE_VARIABLES):
        assert told(environment[name]) == wanted[name]


@pytest.mark.parametrize("region", PROVINCES)
def test_a_province_starts_nothing_else(region: str) -> None:
    of_it = {name for name, each in services().items() if each.get("profiles") == [region]}
    servers = ("postgres", "keys", "kafka", "bank")
    assert of_it == {f"{region}-{name}" for name in (*servers, *(service.name for service in SERVICES))}


def test_compose_publishes_on_this_machine_only_and_at_the_topologys_ports() -> None:
    found = [(name, port.split(":")) for name, each in services().items() for port in each.get("ports", [])]
    assert {host for _, (host, _, _) in found} == {"127.0.0.1"}
    assert len({port for _, (_, port, _) in found}) == len(found)
    wanted = {name: FIRST_PORT + offset for name, offset in (PAGES | IDENTITY).items()}
    wanted[FOLDER] = published(FOLDER)[KAFKA_PORT]
    for region in PROVINCES:
        servers = {"postgres": POSTGRES_PORT, "keys": KEYS_POSTGRES_PORT, "kafka": KAFKA_PORT}
        offsets = servers | {service.name: service.api_port for service in SERVICES}
        wanted |= {f"{region}-{name}": published(region)[offset] for name, offset in offsets.items()}
    assert {name: int(port) for name, (_, port, _) in found} == wanted


def test_a_province_that_compose_does_not_have_is_refused_with_what_to_do() -> None:
    with pytest.raises(Problem, match=f"has {', '.join(PROVINCES)}, not 990000"):
        published("990000")


@pytest.mark.parametrize(("region", "service"), EACH, ids=NAMES)
def test_compose_gives_a_service_its_own_databases_and_secrets(region: str, service: Service) -> None:
    found = services()[f"{region}-{service.name}"]
    assert found["build"]["args"] == {"SERVICE": service.name}
    assert [each for each in found["volumes"] if f"/secrets/{service.name}:/run/labourbridge/secrets:ro" in each]
    needed = {f"{region}-kafka"}
    for database in service.databases:
        host = f"{region}-{'keys' if database.keys else 'postgres'}"
        needed.add(host)
        for variable, role in (("URL", "app"), ("OWNER_URL", "owner")):
            wanted = f"postgresql://{database.name}_{role}@{host}:5432/{database.name}"
            assert found["environment"][f"{database.prefix}_{variable}"] == wanted
    assert found["environment"]["LB_KAFKA_BOOTSTRAP"] == f"{region}-kafka:9092"
    assert set(found["depends_on"]) == needed
    own = [volume for volume in found["volumes"] if not volume.startswith("${LB_EXCHANGE_SHARED")]
    assert all(volume.startswith(f"${{LB_RUN_{region}:-") for volume in own)


@pytest.mark.parametrize("keys", [False, True], ids=["postgres", "keys"])
def test_each_instance_of_compose_makes_the_databases_of_the_topology(keys: bool) -> None:
    file = "keys.sql" if keys else "postgres.sql"
    made = re.findall(r"create database (\w+) owner (\w+);", (ROOT / "deploy" / "compose" / file).read_text())
    wanted = [each.name for service in SERVICES for each in service.databases if each.keys is keys]
    assert made == [(name, f"{name}_owner") for name in wanted]


@pytest.mark.parametrize("name", NAMES)
def test_what_provinces_share_cannot_be_written_and_holds_no_secret(name: str) -> None:
    (shared,) = (each for each in services()[name]["volumes"] if each.startswith("${LB_EXCHANGE_SHARED"))
    assert shared.endswith(":/run/labourbridge/exchange:ro")
    found = exchange_of(name, LB_EXCHANGE_PROVINCES=BOTH)
    assert found["LB_EXCHANGE_PROVINCES"] == BOTH
    assert found["LB_EXCHANGE_BOOTSTRAP"] == f"{FOLDER}:9092"
    places = {variable: Path(found[variable]) for variable in EXCHANGE_VARIABLES[1:5]}
    secret = {variable for variable, path in places.items() if path.parent == Path("/run/labourbridge/secrets")}
    assert secret == {"LB_EXCHANGE_CERTIFICATE", "LB_EXCHANGE_KEY"}
    assert {path.parent for path in places.values()} - {Path("/run/labourbridge/secrets")} == {
        Path("/run/labourbridge/exchange")
    }


def test_the_exchange_of_compose_asks_for_what_the_exchange_of_lb_asks_for() -> None:
    lines = (ROOT / "deploy" / "local" / "kafka" / "exchange.properties").read_text().splitlines()
    settings = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    environment = services()[FOLDER]["environment"]
    found = {name: environment[f"KAFKA_{name.upper().replace('.', '_')}"] for name in settings}
    elsewhere = {"ssl.keystore.location", "ssl.truststore.location"}
    assert {name: found[name] for name in settings.keys() - elsewhere} == {
        name: settings[name].replace("${operator}", OPERATOR) for name in settings.keys() - elsewhere
    }
    assert found["ssl.keystore.location"] == f"/run/secrets/{services()[FOLDER]['secrets'][0]}"
    protocols = dict(each.split(":") for each in environment["KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"].split(","))
    assert set(protocols.values()) == {"SSL"}
    assert f"INSIDE://{OPERATOR}:9092" in environment["KAFKA_ADVERTISED_LISTENERS"].split(",")


@pytest.mark.parametrize("region", PROVINCES)
def test_only_who_pays_shares_a_folder_with_the_bank(region: str) -> None:
    bank = services()[f"{region}-bank"]
    folder = services()[f"{region}-subsidy"]["environment"]["LB_BANK_FOLDER"]
    assert bank["command"] == ["serve", "--folder", folder]
    of_it = f"${{LB_RUN_{region}:-../../.run/{region}}}/bank:{folder}"
    shared = {name for name, each in services().items() if of_it in each.get("volumes", [])}
    assert shared == {f"{region}-{name}" for name in ("bank", *(each.name for each in SERVICES if each.bank))}


@pytest.mark.parametrize(("region", "service"), [each for each in EACH if each[1].registry_office])
def test_who_asks_the_registry_finds_that_of_its_province(region: str, service: Service) -> None:
    registry = services()[f"{region}-registry"]["environment"]
    wanted = f"http://{region}-registry:{registry['LB_PORT']}"
    assert services()[f"{region}-{service.name}"]["environment"]["LB_REGISTRY_URL"] == wanted


@cache
def realm() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "deploy" / "compose" / "realm.json").read_text(encoding="utf-8"))
    return found


def claims(username: str, client: str) -> dict[str, Any]:
    """What the provider puts into a token of this person by this client, by the rules of its realm."""
    (user,) = (each for each in realm()["users"] if each["username"] == username)
    (by,) = (each for each in realm()["clients"] if each["clientId"] == client)
    groups = [each for each in realm()["groups"] if f"/{each['name']}" in user["groups"]]
    roles = {role for group in groups for role in group["realmRoles"]}
    asked = [each for each in realm()["clientScopes"] if each["name"] in by["defaultClientScopes"]]
    allowed = {each["clientScope"]: set(each["roles"]) for each in realm()["scopeMappings"]}
    granted = [each for each in asked if roles & allowed.get(each["name"], roles)]
    shown = [each["name"] for each in granted if each["attributes"]["include.in.token.scope"] == "true"]
    found: dict[str, Any] = {"azp": client, "iss": ISSUER, "exp": 1, "scope": " ".join(shown)}
    for mapper in [*by["protocolMappers"], *(each for scope in granted for each in scope.get("protocolMappers", []))]:
        match mapper["protocolMapper"], mapper["config"]:
            case "oidc-audience-mapper", {"included.custom.audience": audience}:
                found["aud"] = audience
            case "oidc-sub-mapper", _:
                found["sub"] = username
            case "oidc-usermodel-attribute-mapper", {"user.attribute": source, "claim.name": name}:
                ((found[name],),) = (
                    each["attributes"][source] for each in (user, *groups) if source in each["attributes"]
                )
    return found


@pytest.mark.parametrize("region", PROVINCES)
@pytest.mark.parametrize("office", OFFICES)
def test_a_token_of_the_identity_provider_says_what_one_of_lb_says(region: str, office: str) -> None:
    found = claims(client_of(region, office), client_of(region, "offices"))
    caller = msgspec.convert({"client_id": found["azp"], **found}, Caller)
    assert (caller.office, caller.region) == (office, region)
    assert found["aud"] == services()[f"{region}-registry"]["environment"]["LB_TOKEN_AUDIENCE"]
    assert caller.scope.split() == scopes_of(TABLE, office)


@pytest.mark.parametrize(("region", "service"), [each for each in EACH if each[1].registry_office])
def test_a_service_that_asks_the_registry_is_a_client_of_its_own(region: str, service: Service) -> None:
    client = client_of(region, service.name)
    found = claims(f"service-account-{client}", client)
    assert (found["office"], found["org"], found["region"]) == (service.registry_office, service.name, region)
    assert found["scope"].split() == scopes_of(TABLE, service.registry_office)


def test_with_an_identity_provider_nobody_elses_tokens_are_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LB_IDENTITY_PASSWORD", "chosen")
    variables = identity_variables()
    environment = services()[NAMES[0]]["environment"]
    assert told(environment["LB_TOKEN_ISSUER"]) == DEV_ISSUER
    assert told(environment["LB_TOKEN_ISSUER"], **variables) == ISSUER
    assert told(environment["LB_JWKS"], **variables) == (
        ISSUER.replace(services()["identity"]["environment"]["KC_HOSTNAME"], "http://identity:8080")
        + "/protocol/openid-connect/certs"
    )
    monkeypatch.delenv("LB_IDENTITY_PASSWORD")
    with pytest.raises(Problem, match="LB_IDENTITY_PASSWORD is not set"):
        identity_variables()


def test_the_realm_holds_no_password() -> None:
    kept = [each["value"] for user in realm()["users"] for each in user.get("credentials", [])]
    kept += [client["secret"] for client in realm()["clients"] if "secret" in client]
    assert set(kept) == {"${LB_IDENTITY_PASSWORD}"}
