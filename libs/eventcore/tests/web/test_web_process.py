"""A process: settings, secrets, logs, and the server on a real socket."""

import asyncio
import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from eventcore.database import Pool
from eventcore.server import PortTaken, serve
from eventcore.settings import DEV_ISSUER, Refused, Settings
from eventcore.web import Health
from notes_service import settings

PROGRAM = """
import asyncio, logging, structlog
from eventcore import logs, server
from eventcore.web import Health

async def work(stop):
    logs.setup("notes", "520000")
    structlog.get_logger().info("started", port={port}, body="110101199003070000")
    try:
        raise ValueError("110101199003070000")
    except ValueError:
        logging.getLogger("somebody").exception("failed for %s", "110101199003070000")
    server.settle_memory()
    await server.serve(Health().app(), "127.0.0.1", {port}, stop)

server.run(work)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def answered(port: int) -> httpx.Response:
    async with httpx.AsyncClient() as client:
        for _ in range(200):
            try:
                return await client.get(f"http://127.0.0.1:{port}/livez")
            except httpx.TransportError:
                await asyncio.sleep(0.05)
    raise AssertionError("no answer")


@pytest.mark.processes
async def test_a_process_serves_until_it_is_told_to_stop_and_logs_only_known_fields() -> None:
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PROGRAM.format(port=port), stderr=subprocess.PIPE
    )
    try:
        assert (await answered(port)).json() == {"ok": True, "checks": {}}
        process.terminate()
        _, stderr = await asyncio.wait_for(process.communicate(), 20)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0
    entries = [json.loads(line) for line in stderr.decode().splitlines()]
    started = next(entry for entry in entries if entry["event"] == "started")
    assert (started["service"], started["region"], started["port"], started["level"]) == (
        "notes",
        "520000",
        port,
        "info",
    )
    assert "body" not in started
    failed = next(entry for entry in entries if entry["event"] == "failed for %s")
    assert (failed["error"], failed["logger"]) == ("ValueError", "somebody")
    assert b"110101199003070000" not in stderr


@pytest.mark.processes
async def test_a_taken_port_is_one_clear_error() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(PortTaken, match=f"127.0.0.1:{port}"):
            await serve(Health().app(), "127.0.0.1", port, asyncio.Event())


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"env": "prod"}, "LB_TOKEN_ISSUER is the developers' issuer"),
        ({"env": "prod", "token_issuer": "http://id.example"}, "LB_TOKEN_ISSUER must be an https address"),
        ({"env": "prod", "token_issuer": "https://id.example", "jwks": "http://x"}, "LB_JWKS"),
        ({"env": "prod", "token_issuer": "https://id.example", "failpoints": "door.after_call:kill"}, "LB_FAILPOINTS"),
        ({"env": "dev", "failpoints": "door.after_call:kill"}, "LB_FAILPOINTS"),
    ],
)
def test_what_belongs_in_a_test_is_refused_elsewhere(tmp_path: Path, changes: dict[str, Any], named: str) -> None:
    with pytest.raises(Refused, match=named):
        settings(tmp_path, **changes).check()


@pytest.mark.postgres
async def test_a_clock_that_is_set_off_is_refused_outside_a_test(tmp_path: Path, pool: Pool, owner_pool: Pool) -> None:
    await settings(tmp_path, env="dev").check_clock(pool)
    await owner_pool.execute("update log.head set clock_offset = '1 day'")
    await settings(tmp_path, env="test").check_clock(pool)
    with pytest.raises(Refused, match="clock"):
        await settings(tmp_path, env="dev").check_clock(pool)


def test_production_with_its_own_issuer_is_taken(tmp_path: Path) -> None:
    real = settings(tmp_path, env="prod", token_issuer="https://id.example")
    real.check()
    assert (real.production, real.made_up_people) == (True, False)
    assert settings(tmp_path, env="dev").made_up_people


@pytest.mark.parametrize("content", [None, "", "xyz", "ab" * 31, "ab" * 33])
def test_a_secret_is_32_bytes_in_a_file(tmp_path: Path, content: str | None) -> None:
    given = settings(tmp_path)
    assert given.secret("fingerprint_key") == bytes.fromhex("ab" * 32)
    (tmp_path / "index_key").write_text(content) if content is not None else None
    with pytest.raises(Refused, match="index_key"):
        given.secret("index_key")


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    values = {
        "ENV": "dev",
        "REGION": "520000",
        "DATABASE_URL": "postgresql://a:hidden@b/c",
        "SECRETS_DIR": str(tmp_path),
    }
    for name, value in values.items():
        monkeypatch.setenv(f"LB_{name}", value)
    given = Settings.load()
    assert (given.env, given.region, given.secrets_dir, given.token_issuer) == ("dev", "520000", tmp_path, "")
    assert given.database_url.get_secret_value() == "postgresql://a:hidden@b/c"
    assert "hidden" not in repr(given)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("LB_REGION", "52", "wrong or missing settings: LB_REGION"),
        ("LB_ENV", "production", "wrong or missing settings: LB_ENV"),
        ("LB_FAILPOINTS", "x:kill", "refused to start: LB_FAILPOINTS is for LB_ENV=test only"),
    ],
)
def test_a_wrong_setting_ends_the_process_with_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    for each, good in (("LB_ENV", "dev"), ("LB_REGION", "520000"), ("LB_DATABASE_URL", "postgresql://a:hidden@b/c")):
        monkeypatch.setenv(each, good)
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        Settings.load()
    assert str(ended.value).startswith(sentence)
    assert "hidden" not in str(ended.value)


def test_an_unknown_failpoint_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for each, good in (
        ("LB_ENV", "test"),
        ("LB_REGION", "520000"),
        ("LB_DATABASE_URL", "x"),
        ("LB_FAILPOINTS", "x:kill"),
    ):
        monkeypatch.setenv(each, good)
    with pytest.raises(SystemExit, match="unknown failpoint"):
        Settings.load()


def test_the_developers_issuer_is_the_one_of_the_tool() -> None:
    assert DEV_ISSUER == "urn:labourbridge:dev"
