"""Where a test session's servers come from, and what a killed session leaves."""

import signal
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from lb.local.processes import Identity, identify, is_alive, wait_for_end
from lb.local.sessions import open_session
from lb.local.testing import KAFKA, POSTGRES, SharedServers, Source, choose


class Engine(BaseHTTPRequestHandler):
    """Answers as a container engine does when it is asked whether it is there."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path.endswith("/_ping") else 404)
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"OK")

    def address_string(self) -> str:
        return "engine"

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


class UnixServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


@contextmanager
def engine(socket: Path) -> Iterator[None]:
    with UnixServer(str(socket), Engine) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def engine_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the engine is looked for in this test; nobody is there yet."""
    monkeypatch.delenv("LB_HIDE_SYSTEM", raising=False)
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path / 'engine.sock'}")
    return tmp_path / "engine.sock"


def test_an_address_in_the_environment_goes_before_an_engine(engine_socket: Path) -> None:
    with engine(engine_socket):
        assert choose(KAFKA, {KAFKA: "broker:9092"}) is Source.ENVIRONMENT
        assert choose(POSTGRES, {KAFKA: "broker:9092"}) is Source.CONTAINERS


def test_without_an_engine_the_servers_are_local_processes(engine_socket: Path) -> None:
    assert choose(POSTGRES, {}) is Source.LOCAL
    engine_socket.touch()
    assert choose(POSTGRES, {}) is Source.LOCAL


def test_a_hidden_system_hides_its_engine(engine_socket: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LB_HIDE_SYSTEM", "1")
    with engine(engine_socket):
        assert choose(KAFKA, {}) is Source.LOCAL


def test_addresses_from_the_environment_start_nothing() -> None:
    servers = SharedServers(environment={POSTGRES: "postgresql://there/postgres", KAFKA: "there:9092"})
    assert (servers.postgres(), servers.kafka()) == ("postgresql://there/postgres", "there:9092")
    servers.close()


KILLED_SESSION = """
import subprocess, sys, time
from pathlib import Path
from lb.local.sessions import open_session
session = open_session(Path(sys.argv[1]))
session.folder.joinpath("data").touch()
left = subprocess.Popen(["sleep", "600"], start_new_session=True)
session.remember(left.pid)
print(session.folder, left.pid, flush=True)
time.sleep(600)
"""


def killed_session(parent: Path) -> tuple[Path, Identity]:
    """A session's folder and the process it left when it was killed."""
    command = [sys.executable, "-c", KILLED_SESSION, str(parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout
        folder, pid = process.stdout.readline().split()
        process.send_signal(signal.SIGKILL)
    left = identify(int(pid))
    assert left
    return Path(folder), left


def test_the_next_session_ends_what_a_killed_one_left_and_lets_a_living_one_be(tmp_path: Path) -> None:
    living = open_session(tmp_path)
    folder, left = killed_session(tmp_path)
    next_one = open_session(tmp_path)
    assert wait_for_end(left, timeout=5)
    assert not is_alive(left)
    assert not folder.exists()
    assert living.folder.exists()
    for session in (living, next_one):
        session.close()
    assert list(tmp_path.glob("session-*")) == []
