"""A deployment's life: up, down, crashes, a killed lb. Real servers, a stand-in for the services."""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from lb import running
from lb.deployment import Deployment
from lb.local.ports import free_block
from lb.local.processes import is_alive, wait_for_end
from lb.local.sessions import Session, open_session
from lb.paths import Project, find_project
from lb.problems import Problem
from lb.running import bring_down, bring_up, purge
from lb.topology import Database, Ports, Service
from lb.units import RunState, State, read_state

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]

STANDIN = Service(
    name="standin",
    databases=(Database(name="standin"), Database(name="standin_keys", prefix="LB_KEYS_DATABASE", keys=True)),
    api_port=30,
    worker_port=31,
    secrets=("fingerprint_key",),
    bank=True,
)


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    session = open_session(find_project().runs / "test")
    yield session
    session.close()


@pytest.fixture(scope="module")
def deployment(session: Session) -> Iterator[Deployment]:
    """A project of its own, whose only service is the stand-in; stopped and removed at the end."""
    real = find_project()
    root = session.folder / "project"
    (root / "docs").mkdir(parents=True)
    (root / "deploy").symlink_to(real.root / "deploy")
    (root / ".cache").symlink_to(real.cache)
    (root / "standin").symlink_to(Path(__file__).parents[1] / "standin")
    deployment = Deployment(
        project=Project(root=root), region="520000", run=root / ".run" / "520000", ports=Ports(first=a_free_range()),
        services=(STANDIN,), viewer=False,
    )  # fmt: skip
    yield deployment
    bring_down(deployment, tell=quiet)
    if deployment.exists():
        purge(deployment)


@pytest.fixture
def running_state(deployment: Deployment, session: Session) -> RunState:
    """The deployment is up."""
    bring_up(deployment, tell=quiet, watch=ignore)
    state = the_state(deployment)
    for process in (state.supervisor, *state.alive()):
        session.remember(process.pid)
    return state


def a_free_range() -> int:
    """A first port so that all of a region's are probably free."""
    return free_block(60)


def quiet(_: str) -> None: ...
def ignore(_: RunState) -> None: ...


def the_state(deployment: Deployment) -> RunState:
    state = read_state(deployment.run)
    assert state
    return state


def until(holds: Callable[[], bool], *, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.05)


def facts(deployment: Deployment) -> int:
    return int(httpx.get(f"{deployment.url(STANDIN)}/readyz").json()["facts"])


def test_every_command_gets_the_variables_that_the_topology_names(
    deployment: Deployment, running_state: RunState
) -> None:
    assert running_state.settled()
    for command in STANDIN.ports:
        told = httpx.get(f"{deployment.url(STANDIN, command)}/told").json()
        assert set(told) == set(STANDIN.variables(command))
        assert told["LB_PORT"] == str(deployment.ports[STANDIN.ports[command]])
    assert "LB_DATABASE_OWNER_URL" not in told


def test_the_bank_runs_beside_those_who_pay_and_takes_what_is_in_their_folder(
    deployment: Deployment, running_state: RunState
) -> None:
    told = httpx.get(f"{deployment.url(STANDIN)}/told").json()
    folder = Path(told["LB_BANK_FOLDER"])
    until((folder / "to-bank").is_dir)
    (folder / "to-bank" / "PAY-FUND-20261128-001.txt").touch(mode=0o600)
    until((folder / "to-bank" / "refused" / "PAY-FUND-20261128-001.txt").is_file)
    assert "PAY-FUND-20261128-001.txt refused: truncated" in (deployment.logs / "bank.log").read_text()
    assert running_state.units["bank"].state is State.READY


def test_a_second_up_changes_nothing(deployment: Deployment, running_state: RunState) -> None:
    assert bring_up(deployment, tell=quiet, watch=ignore) is False
    assert the_state(deployment) == running_state


def test_what_was_stored_is_there_after_down_and_up(deployment: Deployment, running_state: RunState) -> None:
    httpx.post(f"{deployment.url(STANDIN)}/facts")
    before = facts(deployment)
    assert bring_down(deployment, tell=quiet)
    assert not is_alive(running_state.supervisor)
    assert the_state(deployment).alive() == []
    assert bring_down(deployment, tell=quiet) is False
    assert bring_up(deployment, tell=quiet, watch=ignore)
    assert facts(deployment) == before > 0


def test_a_service_and_a_server_that_die_are_started_again(deployment: Deployment, running_state: RunState) -> None:
    before = facts(deployment)
    with pytest.raises(httpx.HTTPError):
        httpx.post(f"{deployment.url(STANDIN)}/crash")
    until(lambda: the_state(deployment).units["standin-api"].state is State.RESTING)
    assert "ended with code 3: crashing as asked" in the_state(deployment).units["standin-api"].trouble
    server = running_state.units["postgres"].process
    assert server
    os.kill(server.pid, signal.SIGKILL)
    until(lambda: the_state(deployment).settled() and not is_alive(server))
    assert the_state(deployment).units["standin-api"].starts > running_state.units["standin-api"].starts
    assert facts(deployment) == before


def test_what_a_killed_lb_left_is_ended_by_the_next_up(deployment: Deployment, running_state: RunState) -> None:
    before = facts(deployment)
    os.kill(running_state.supervisor.pid, signal.SIGKILL)
    assert wait_for_end(running_state.supervisor, timeout=5)
    orphans = the_state(deployment).alive()
    assert len(orphans) == 6
    told: list[str] = []
    assert bring_up(deployment, tell=told.append, watch=ignore)
    assert not any(is_alive(orphan) for orphan in orphans)
    assert told[0].startswith("Ended 6 processes that a killed lb had left: standin-worker, standin-api, bank, kafka")
    assert facts(deployment) == before


def test_a_service_that_cannot_migrate_is_one_sentence_and_nothing_is_left_running(deployment: Deployment) -> None:
    bring_down(deployment, tell=quiet)
    broken = replace(deployment, services=(replace(STANDIN, name="missing"),))
    with pytest.raises(Problem, match=r"^missing-migrate ended with code 1: .*No module named missing\. See /"):
        bring_up(broken, tell=quiet, watch=ignore)
    assert the_state(deployment).alive() == []


def test_a_used_port_is_one_sentence_that_names_who_uses_it(deployment: Deployment) -> None:
    bring_down(deployment, tell=quiet)
    with socket.create_server(("127.0.0.1", deployment.ports[30])), pytest.raises(Problem) as caught:
        bring_up(deployment, tell=quiet, watch=ignore)
    assert f"Port {deployment.ports[30]}, meant for standin api, is used by" in caught.value.what
    assert f"(pid {os.getpid()})" in caught.value.what
    assert "--first-port" in caught.value.do


def test_too_little_room_on_the_disk_is_one_sentence(deployment: Deployment, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_down(deployment, tell=quiet)
    monkeypatch.setattr(running, "NEEDED_BYTES", 2**60)
    with pytest.raises(Problem, match=r"^The disk of .* has [0-9]+ MB left; at least [0-9]+ MB are needed\. Free"):
        bring_up(deployment, tell=quiet, watch=ignore)
