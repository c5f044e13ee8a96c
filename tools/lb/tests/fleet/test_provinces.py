"""Several provinces on one machine: who finds whom, with which ports and keys, and what stays alone."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.x509 import load_pem_x509_certificate
from lb.commands.options import exchanging, named
from lb.commands.up import with_exchange
from lb.deployment import Deployment, claim, find_deployment
from lb.exchange import FOLDER
from lb.keyfiles import provide_secrets
from lb.main import app
from lb.paths import find_project
from lb.topology import EXCHANGE_VARIABLES, SERVICES
from typer.testing import CliRunner

HOME, HOST = "520000", "440000"
PLACEMENT = next(service for service in SERVICES if service.name == "placement")
TRAINING = next(service for service in SERVICES if service.name == "training")


@pytest.fixture
def provinces(tmp_path: Path) -> list[Deployment]:
    return exchanging([HOME, HOST], tmp_path, first_port=7000, viewer=True)


def exchange_of(deployment: Deployment) -> dict[str, str]:
    variables = deployment.environment(PLACEMENT, "all")
    return {name.removeprefix("LB_EXCHANGE_"): variables[name] for name in EXCHANGE_VARIABLES}


def test_provinces_share_an_exchange_and_nothing_else(provinces: list[Deployment], tmp_path: Path) -> None:
    home, host = provinces
    assert home.exchange == host.exchange
    assert home.exchange is not None
    assert [each.run for each in with_exchange(provinces)] == [tmp_path / FOLDER, tmp_path / HOME, tmp_path / HOST]
    ports = [set(each.listening().values()) for each in (home.exchange, home, host)]
    assert [min(each) // 100 for each in ports] == [70, 71, 72]
    assert not set.intersection(*ports)
    assert {name for name, value in exchange_of(home).items() if exchange_of(host)[name] != value} == {
        *("PROVINCES", "CERTIFICATE", "KEY"),
    }
    assert exchange_of(home)["PROVINCES"] == HOST
    assert exchange_of(host)["PROVINCES"] == HOME
    assert exchange_of(host)["BOOTSTRAP"] == "127.0.0.1:7022"


def test_one_viewer_gets_the_spans_of_all_provinces(provinces: list[Deployment]) -> None:
    home, host = provinces
    assert (home.viewer, host.viewer) == (True, False)
    spans = [each.environment(PLACEMENT, "all")["LB_OTLP_ENDPOINT"] for each in provinces]
    assert spans == [spans[0]] * 2
    assert spans[0]


def test_provinces_find_each_other_again_and_keep_their_ports(provinces: list[Deployment], tmp_path: Path) -> None:
    again = find_deployment(find_project(), region=HOST, run=tmp_path / HOST)
    assert (again.ports, again.exchange) == (provinces[1].ports, provinces[1].exchange)
    assert [each.region for each in named(None, tmp_path)] == [HOME, HOST]
    assert [each.region for each in named([HOST], tmp_path / HOST)] == [HOST]


def test_a_province_without_others_is_told_of_no_exchange(tmp_path: Path) -> None:
    alone = find_deployment(find_project(), region=HOME, run=tmp_path / HOME)
    assert set(exchange_of(alone).values()) == {""}
    assert with_exchange([alone]) == [alone]
    assert [each.region for each in named(None, tmp_path / HOME)] == [HOME]


def test_each_province_has_keys_of_its_own_for_the_services_that_exchange(provinces: list[Deployment]) -> None:
    for each in provinces:
        provide_secrets(each)
    home, _ = provinces
    assert home.exchange is not None
    listed = json.loads(home.exchange.directory.read_bytes())["provinces"]
    assert {region: {kind: len(keys) for kind, keys in found.items()} for region, found in listed.items()} == {
        HOME: {"signing": 1, "sealing": 1},
        HOST: {"signing": 1, "sealing": 1},
    }
    keys = [(each.secrets(PLACEMENT) / "exchange_signing").read_text() for each in provinces]
    assert keys[0] != keys[1]
    assert keys[0] == (home.secrets(SERVICES[0]) / "exchange_signing").read_text()
    assert not (home.secrets(TRAINING) / "exchange_signing").exists()


def test_each_province_has_a_certificate_that_says_who_it_is(provinces: list[Deployment]) -> None:
    for each in provinces:
        provide_secrets(each)
    home, host = provinces
    assert home.exchange is not None
    authority = load_pem_x509_certificate(home.exchange.server().ca.read_bytes())
    for province in provinces:
        paths = {name: Path(value) for name, value in exchange_of(province).items() if name in ("CERTIFICATE", "KEY")}
        certificate = load_pem_x509_certificate(paths["CERTIFICATE"].read_bytes())
        certificate.verify_directly_issued_by(authority)
        assert certificate.subject.rfc4514_string() == f"CN={province.region}"
        assert paths["KEY"].stat().st_mode & 0o077 == 0
    assert not (host.secrets(TRAINING) / "exchange.key").exists()


def test_who_lost_the_private_keys_gets_others_and_the_directory_says_so(provinces: list[Deployment]) -> None:
    home, _ = provinces
    provide_secrets(home)
    (home.secrets(PLACEMENT) / "exchange_signing").unlink()
    provide_secrets(home)
    assert home.exchange is not None
    assert len(json.loads(home.exchange.directory.read_bytes())["provinces"][HOME]["signing"]) == 2


def test_the_exchange_is_purged_with_the_last_of_its_provinces(provinces: list[Deployment], tmp_path: Path) -> None:
    home, host = provinces
    purge = ["down", "--purge", "--run"]
    assert CliRunner().invoke(app, [*purge, str(host.run), "--region", HOST]).exit_code == 0
    assert [each.name for each in sorted(tmp_path.iterdir())] == [HOME, FOLDER]
    assert CliRunner().invoke(app, [*purge, str(home.run), "--region", HOME]).exit_code == 0
    assert list(tmp_path.iterdir()) == []


def test_as_one_a_service_is_one_process_at_the_port_of_its_api(tmp_path: Path) -> None:
    apart = find_deployment(find_project(), region=HOME, run=tmp_path / HOME, first_port=7000)
    one = replace(apart, as_one=True)
    assert (apart.commands(PLACEMENT), one.commands(PLACEMENT)) == (("api", "worker"), ("all",))
    assert one.url(PLACEMENT, "all") == apart.url(PLACEMENT) == "http://127.0.0.1:7080"
    assert one.command(PLACEMENT, "all")[-2:] == ("all", "--migrate")
    assert "placement_owner" in one.environment(PLACEMENT, "all")["LB_DATABASE_OWNER_URL"]
    assert "LB_DATABASE_OWNER_URL" not in apart.environment(PLACEMENT, "api")


@pytest.mark.parametrize("as_one", [True, False])
def test_later_commands_know_how_services_run(tmp_path: Path, as_one: bool) -> None:
    project = find_project()
    claim(replace(find_deployment(project, region=HOME, run=tmp_path / HOME), as_one=not as_one))
    claim(replace(find_deployment(project, region=HOME, run=tmp_path / HOME), as_one=as_one))
    assert find_deployment(project, region=HOME, run=tmp_path / HOME).as_one is as_one
