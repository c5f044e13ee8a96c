"""The `lb` command as a person meets it: exit codes, sentences, tokens."""

import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest
from eventcore.broker.messages import BrokerLost
from eventcore.settings import DEV_ISSUER, DEV_KEY
from joserfc import jwt
from joserfc.jwk import KeySet
from lb.access import scopes_of
from lb.commands.options import deployment as deployment_of
from lb.commands.options import exchanging
from lb.compose import compose_up, contained
from lb.deployment import claim, find_deployment
from lb.keyfiles import provide_secrets
from lb.local.processes import Identity
from lb.main import app, main
from lb.paths import find_project
from lb.problems import Problem
from lb.tokens import ALGORITHM, Bearer, sign_token
from lb.topology import REGISTRY_TOKEN
from lb.units import RunState, write_state
from typer.testing import CliRunner

SURVEYOR = Bearer(
    office="registry-surveyor", region="520526", scopes=("registry.survey.write", "registry.read"),
    subject="someone", client="a-system", organisation="an-office",
)  # fmt: skip


def lb(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The command as its process would run it."""
    out, err = StringIO(), StringIO()
    with (
        patch.dict(os.environ, environment),
        patch.object(sys, "argv", ["lb", *arguments]),
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    return subprocess.CompletedProcess(arguments, int(ended.value.code or 0), out.getvalue(), err.getvalue())


def help_of(*command: str) -> str:
    return CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": "200"}).stdout


def test_every_command_and_option_has_help_in_both_languages() -> None:
    names = [each.name or str(getattr(each.callback, "__name__", "")) for each in app.registered_commands]
    assert {"up", "down", "demo", "import", "replay", "rebuild", "parked", "verify"} <= {*names}
    for name in names:
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


@pytest.mark.parametrize("words", [("verify",), ("parked",), ("replay",), ("rebuild", "funnel", "-s", "reporting")])
def test_what_needs_a_running_deployment_says_so_also_after_it_was_stopped(tmp_path: Path, words: tuple[str]) -> None:
    run = tmp_path / "run"
    for _ in range(2):
        refused = lb(*words, "--region", "440000", "--run", str(run))
        wanted = f"Nothing runs in {run}. Run lb up --region 440000 --run {run} first.\n"
        assert (refused.returncode, refused.stderr) == (1, wanted)
        run.mkdir(exist_ok=True)
        write_state(run, RunState(supervisor=Identity(pid=os.getpid(), started="long ago"), units={}))


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
echo "$@" >> "$LB_RUN_440000/told"
echo "$LB_UID $LB_EXCHANGE_PROVINCES $LB_EXCHANGE_SERVER" | head -1 >> "$LB_RUN_440000/told"
"""


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A PATH with a docker on it that notes what it is told."""
    docker = tmp_path / "bin" / "docker"
    docker.parent.mkdir()
    docker.write_text(NOTING_DOCKER)
    docker.chmod(0o755)
    return f"{docker.parent}:{os.environ['PATH']}"


def test_with_docker_the_run_folder_holds_the_keys_and_compose_gets_it(tmp_path: Path, path: str) -> None:
    run, file = tmp_path / "run", find_project().root / "docker-compose.yml"
    started = lb("up", "--docker", "--region", "440000", "--run", str(run), PATH=path)
    assert started.returncode == 0
    assert "http://127.0.0.1:5630/docs" in started.stdout
    assert "http://127.0.0.1:5527" in started.stdout
    assert (run / "secrets" / "registry" / "master_key").exists()
    assert lb("down", "--docker", "--region", "440000", "--run", str(run), PATH=path).returncode == 0
    up, who, down, _ = (run / "told").read_text().splitlines()
    compose = f"compose --file {file} --profile=440000"
    assert (up, who) == (f"{compose} up --build --detach --wait --wait-timeout 300", f"{os.geteuid()}  ")
    assert down.startswith(f"{compose} down 440000-postgres 440000-keys ")


def test_with_docker_provinces_come_with_the_exchange_and_go_with_everything(
    tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", path)
    provinces = [contained(each) for each in exchanging(["520000", "440000"], tmp_path)]
    with pytest.raises(BrokerLost):  # a docker that only notes starts none to give rights on
        compose_up(provinces, identity=False)
    assert {each.name for each in (tmp_path / "exchange" / "shared").iterdir()} == {"ca.pem", "directory.json"}
    assert lb("down", "--docker", "--run", str(tmp_path), PATH=path).returncode == 0
    up, who, down, _ = (tmp_path / "440000" / "told").read_text().splitlines()
    assert "--profile=520000 --profile=440000 --profile=exchange up " in up
    assert who == f"{os.geteuid()} 520000,440000 -----BEGIN PRIVATE KEY-----"
    assert down.endswith("--profile=520000 --profile=440000 --profile=exchange --profile=* down")


def test_what_containers_cannot_have_is_refused(path: str) -> None:
    for wrong, why in (
        (("--docker", "--first-port", "7000"), "Containers have the ports of docker-compose.yml."),
        (("--docker", "--region", "430000"), "docker-compose.yml has 520000, 440000, not 430000."),
        (("--identity",), "The identity provider runs in a container only."),
    ):
        refused = lb("up", *wrong, PATH=path)
        assert (refused.returncode, refused.stderr.startswith(why)) == (1, True)


def test_a_token_without_a_deployment_says_what_to_do_first(tmp_path: Path) -> None:
    refused = lb("token", "--office", "x", "--region", "520526", "--scope", "y", "--run", str(tmp_path / "run"))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.endswith("has no key to sign with. Run lb up first.\n")
