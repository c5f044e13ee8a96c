"""Leaks, planted: one of each kind, each in another form. Whoever searches has to find them all."""

import hashlib
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
import httpx
from lb.local.blocking import run_apart
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.canary.life import send
from tests.canary.subjects import Subject
from tests.e2e.province import REGION, Province

EXPECTED = {
    ("file", "name", "JSON"),
    ("topic", "number", "utf-8 in base64"),
    ("topic", "name", "gbk"),
    ("dump", "number", "reversed"),
    ("dump", "phone", "utf-16-le"),
    ("file", "phone", "utf-8"),
    ("file", "number", "piece"),
    ("file", "number", "sha256 in hex"),
    ("file", "employer", "URL"),
    ("file", "account", "utf-8"),
    ("process", "number", "utf-8"),
}
"""(kind of place, kind of datum, form)."""


@contextmanager
def planted(province: Province, subject: Subject) -> Iterator[int]:
    """Within the block they are there; the number of the process that holds one."""
    _log_lines(province, subject)
    _messages(province, subject)
    _rows(province, subject)
    _span(province, subject)
    _files(province, subject)
    with _process(subject) as pid:
        yield pid


def _log_lines(province: Province, subject: Subject) -> None:
    with (province.deployment.logs / "registry-api.log").open("a") as log:
        escaped = subject.name.encode("ascii", "backslashreplace").decode()
        log.write(f'{{"event": "request.failed", "name": "{escaped}"}}\n')
    with (province.deployment.logs / "subsidy-worker.log").open("a") as log:
        log.write(f'{{"event": "payment_file.sent", "account": "{subject.account}"}}\n')


def _messages(province: Province, subject: Subject) -> None:
    bootstrap, topic = province.deployment.kafka().bootstrap, f"{REGION}.registry.worker.1"
    inner = b64encode(b'{"id":"' + subject.number.encode() + b'"}')
    run_apart(lambda: send(bootstrap, topic, b"worker-leak", inner, ()))
    run_apart(lambda: send(bootstrap, topic, b"worker-leak", b"{}", [("note", subject.name.encode("gbk"))]))


def _rows(province: Province, subject: Subject) -> None:
    async def insert() -> None:
        database = next(each for each in province.databases() if each.name == "reporting")
        connection = await asyncpg.connect(province.deployment.database_url(database, owner=True), timeout=10)
        try:
            await connection.execute("create table views.leak (note text, packed bytea)")
            phone = subject.phone.encode("utf-16-le")
            await connection.execute("insert into views.leak values ($1, $2)", subject.number[::-1], phone)
        finally:
            await connection.close(timeout=10)

    run_apart(insert)


def _span(province: Province, subject: Subject) -> None:
    request = ExportTraceServiceRequest()
    span = request.resource_spans.add().scope_spans.add().spans.add(name="leak")
    span.attributes.add(key="note").value.string_value = subject.phone
    body = request.SerializeToString()
    httpx.post(f"{province.collector.endpoint}/v1/traces", content=body, timeout=10).raise_for_status()


def _files(province: Province, subject: Subject) -> None:
    digest = hashlib.sha256(subject.number.encode()).hexdigest()
    (province.deployment.run / "core.1").write_bytes(bytes(5_000_000) + subject.number[5:13].encode() + bytes(1_000))
    (province.deployment.run / "cache.csv").write_text(f"{digest},1\n")
    (province.deployment.run / "access.txt").write_text(f"GET /?q={httpx.QueryParams({'q': subject.employer})}\n")


@contextmanager
def _process(subject: Subject) -> Iterator[int]:
    waiting = [sys.executable, "-c", "input()"]
    with subprocess.Popen(waiting, stdin=subprocess.PIPE, env={"NOTE": subject.number}) as process:  # noqa: S603
        try:
            yield process.pid
        finally:
            process.communicate(b"\n", timeout=10)
