"""The `lb` command as a person meets it: exit codes, sentences, tokens."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from eventcore.settings import DEV_ISSUER, DEV_KEY
from joserfc import jwt
from joserfc.jwk import KeySet
from lb.access import scopes_of
from lb.commands.options import deployment as deployment_of
from lb.deployment import claim, find_deployment
from lb.keyfiles import provide_secrets
from lb.main import app
from lb.paths import find_project
from lb.problems import Problem
from lb.tokens import ALGORITHM, Bearer, sign_token
from lb.topology import REGISTRY_TOKEN
from typer.testing import CliRunner

SURVEYOR = Bearer(
    office="registry-surveyor", region="520526", scopes=("registry.survey.write", "registry.read"),
    subject="someone", client="a-system", organisation="an-office",
)  # fmt: skip


def lb(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "lb", *arguments]
    return subprocess.run(  # noqa: S603
        command, env=os.environ | environment, capture_output=True, text=True, timeout=60, check=False
    )


def help_of(*command: str) -> str:
    return CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": "200"}).stdout


def test_every_command_and_option_has_help_in_both_languages() -> None:
    for name in ("up", "down", "status", "doctor", "token"):
        assert f" {name} " in help_of()
        lines = help_of(name).splitlines()
        options = [line for line in lines if "--" in line and "--help" not in line and "Usage" not in line]
        assert options
        assert all(any("一" <= letter <= "鿿" for letter in line) for line in options), options


def test_where_nothing_was_started_status_says_so_and_down_is_content(tmp_path: Path) -> None:
    shown = lb("status", "--run", str(tmp_path / "run"))
    assert (shown.returncode, shown.stderr) == (1, "Nothing was started here. Start it with: lb up\n")
    stopped = lb("down", "--run", str(tmp_path / "run"))
    assert (stopped.returncode, stopped.stderr) == (0, "Nothing was running.\n")


def test_purge_touches_no_folder_that_lb_did_not_make(tmp_path: Path) -> None:
    (tmp_path / "precious").touch()
    refused = lb("down", "--purge", "--run", str(tmp_path))
    assert refused.returncode == 1
    assert refused.stderr.endswith(f"{tmp_path} is no run folder of lb. Name the right one with --run.\n")
    assert (tmp_path / "precious").exists()


@pytest.mark.parametrize("region", ["52", "52000x", "5200000", "５２００００"])
def test_what_is_no_region_code_is_one_sentence(region: str) -> None:
    refused = lb("up", "--region", region)
    assert refused.returncode == 1
    assert "is no region code. Give six digits" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_run_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    refused = lb("up", "--run", str(tmp_path / "file" / "run"))
    assert refused.returncode == 1
    assert "Name another" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_each_region_of_a_machine_keeps_ports_of_its_own(tmp_path: Path) -> None:
    project = find_project()
    firsts = []
    for region in ("520000", "440000", "530000"):
        found = find_deployment(project, region=region, run=tmp_path / region)
        claim(found)
        firsts.append(found.ports.first)
    assert firsts == [5500, 5600, 5700]
    assert find_deployment(project, region="440000", run=tmp_path / "440000").ports.first == 5600


def test_a_token_holds_what_was_asked_for_and_the_published_key_proves_it(tmp_path: Path) -> None:
    deployment = deployment_of("520000", tmp_path / "run")
    claim(deployment)
    provide_secrets(deployment)
    before = deployment.token_key.read_bytes()
    provide_secrets(deployment)
    assert deployment.token_key.read_bytes() == before
    keys = json.loads(deployment.jwks.read_text())
    token = jwt.decode(sign_token(deployment, SURVEYOR), KeySet.import_key_set(keys), algorithms=[ALGORITHM])
    assert token.header["kid"].startswith(DEV_KEY)
    times = {name: token.claims.pop(name) for name in ("iat", "nbf", "exp")}
    assert times["exp"] - times["nbf"] == 3600
    assert token.claims == {
        "iss": DEV_ISSUER, "aud": "urn:labourbridge:520000", "sub": "someone", "client_id": "a-system",
        "org": "an-office", "office": "registry-surveyor", "region": "520526",
        "scope": "registry.survey.write registry.read",
    }  # fmt: skip


def test_private_keys_are_their_owners_alone_and_the_published_ones_are_public(tmp_path: Path) -> None:
    deployment = deployment_of("520000", tmp_path / "run")
    claim(deployment)
    provide_secrets(deployment)
    secrets = [path for path in (deployment.run / "secrets").rglob("*") if path.is_file()]
    keys = {"fingerprint_key", "master_key", "index_key", "report_keys"}
    assert {path.name for path in secrets} == keys | {"token_key.json", REGISTRY_TOKEN}
    assert {path.stat().st_mode & 0o777 for path in secrets} == {0o600}
    assert all(len(bytes.fromhex(path.read_text())) == 32 for path in secrets if path.name in keys)
    assert '"d"' not in deployment.jwks.read_text()


def test_a_service_that_asks_the_registry_has_a_token_for_that_and_no_more(tmp_path: Path) -> None:
    deployment = deployment_of("520000", tmp_path / "run")
    claim(deployment)
    provide_secrets(deployment)
    found = {path.parent.name: path.read_text() for path in (deployment.run / "secrets").rglob(REGISTRY_TOKEN)}
    assert set(found) == {"certification", "subsidy"}
    keys = KeySet.import_key_set(json.loads(deployment.jwks.read_text()))
    claims = {name: jwt.decode(token, keys, algorithms=[ALGORITHM]).claims for name, token in found.items()}
    assert {name: (each["office"], each["sub"], each["region"]) for name, each in claims.items()} == {
        "certification": ("verifier", "certification", "520000"),
        "subsidy": ("payer", "subsidy", "520000"),
    }
    assert "payees.disclose" in claims["subsidy"]["scope"].split()
    assert "payees.disclose" not in claims["certification"]["scope"].split()
    assert claims["subsidy"]["exp"] - claims["subsidy"]["nbf"] > 300 * 24 * 3600


def test_production_gets_no_developers_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deployment = deployment_of("520000", tmp_path / "run")
    claim(deployment)
    provide_secrets(deployment)
    monkeypatch.setenv("LB_ENV", "prod")
    with pytest.raises(Problem, match="ask the identity provider"):
        sign_token(deployment, SURVEYOR)


def test_an_office_gets_the_scopes_of_its_rows_and_an_unknown_one_hears_which_there_are(tmp_path: Path) -> None:
    table = tmp_path / "access.csv"
    table.write_text(
        "service,method,route,scope,office,region\n"
        "registry,POST,/v1/surveys,survey.write,registry-surveyor,own\n"
        "registry,POST,/v1/approvals,survey.approve,registry-reviewer,own\n"
        "registry,GET,/v1/events,events.read,-,-\n"
        "registry,GET,/v1/surveys/{id},survey.read,registry-surveyor registry-reviewer,own\n"
        "registry,GET,/livez,-,-,-\n"
    )
    assert scopes_of(table, "registry-surveyor") == ["events.read", "survey.read", "survey.write"]
    with pytest.raises(Problem, match=r"no office nobody\. Take one of: registry-reviewer, registry-surveyor\."):
        scopes_of(table, "nobody")


NOTING_DOCKER = """#!/bin/sh
echo "$@" >> "$LB_RUN/told"
echo "$LB_REGION $LB_UID" >> "$LB_RUN/told"
"""


def test_with_docker_the_run_folder_holds_the_keys_and_compose_gets_it(tmp_path: Path) -> None:
    docker = tmp_path / "bin" / "docker"
    docker.parent.mkdir()
    docker.write_text(NOTING_DOCKER)
    docker.chmod(0o755)
    run, path = tmp_path / "run", f"{docker.parent}:{os.environ['PATH']}"
    assert lb("up", "--docker", "--run", str(run), "--first-port", "5500", PATH=path).returncode == 0
    assert (run / "secrets" / "registry" / "master_key").exists()
    file = find_project().root / "docker-compose.yml"
    assert (run / "told").read_text().splitlines() == [
        f"compose --file {file} up --build --detach --wait --wait-timeout 300",
        f"520000 {os.geteuid()}",
    ]
    assert lb("down", "--docker", "--run", str(run), PATH=path).returncode == 0
    assert (run / "told").read_text().splitlines()[2] == f"compose --file {file} down"


def test_a_token_without_a_deployment_says_what_to_do_first(tmp_path: Path) -> None:
    refused = lb("token", "--office", "x", "--region", "520526", "--scope", "y", "--run", str(tmp_path / "run"))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.endswith("has no key to sign with. Run lb up first.\n")
