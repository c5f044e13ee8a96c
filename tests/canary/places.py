"""Everything that a province has written or holds: files, dumps, topics, processes, answers."""

import os
import re
import stat
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import httpx
from lb.local.accounts import shelter_path
from lb.local.pgbinaries import find_binaries
from lb.topology import Database
from lb.units import read_state

from tests.canary.scanner import Scanner
from tests.e2e.province import REGION, Province
from tests.e2e.topics import messages

SHOWN: Final = (
    ("training", "training-officer", f"/v1/classes?region={REGION}"),
    ("certification", "assessment-officer", f"/v1/certificates?region={REGION}&limit=200"),
    ("placement", "placement-officer", f"/v1/agreements?region={REGION}"),
    ("subsidy", "handler", f"/v1/claims?region={REGION}&limit=500"),
    ("subsidy", "fund-officer", f"/v1/payment-orders?region={REGION}&status=executed&limit=500"),
    ("subsidy", "fund-officer", "/v1/bank-files?status=sent&limit=200"),
    ("reporting", "reviewer", f"/v1/money?region={REGION}"),
)
"""(service, office, what it may list)."""
_PARENT: Final = re.compile(r"^PPid:\s+(\d+)", re.MULTILINE)


def search(province: Province, scanner: Scanner, *, besides: Iterable[int] = ()) -> None:
    """All of it, while it runs. `besides`: further processes."""
    for database in province.databases():
        scanner.dump(f"dump: {database.name}", dump(province, database))
        for row in province.fetch(database, "select query from pg_stat_activity where query is not null"):
            scanner.data(f"activity: {database.name}", row["query"].encode())
        flush(province, database)
    for message in messages(province.deployment.kafka().bootstrap):
        parts = [
            message.key,
            message.value,
            *(part for name, value in message.headers for part in (name.encode(), value)),
        ]
        scanner.data(f"topic: {message.topic}", b"\n".join(parts))
    for pid in (*processes(province), *besides):
        for name in ("cmdline", "environ"):
            scanner.data(f"process: {pid} {name}", read_process(pid, name))
    for place, text in pages(province):
        scanner.data(place, text)
    for file in files(province):
        with file.open("rb") as opened:
            scanner.file(f"file: {file}", opened)


def dump(province: Province, database: Database) -> bytes:
    """What pg_dump writes."""
    program = find_binaries(province.deployment.project, account=None, shelter=None).program("pg_dump")
    address = province.deployment.database_url(database, owner=True)
    return subprocess.run([program, "--dbname", address], capture_output=True, timeout=60, check=True).stdout  # noqa: S603


def flush(province: Province, database: Database) -> None:
    """So that the files of the server hold what the server knows."""
    address = province.deployment.postgres(keys=database.keys).dsn
    program = find_binaries(province.deployment.project, account=None, shelter=None).program("psql")
    subprocess.run([program, "--dbname", address, "-c", "checkpoint"], capture_output=True, timeout=60, check=True)  # noqa: S603


def files(province: Province) -> Iterator[Path]:
    """Of the run folder, and of the folder where PostgreSQL's data lie if its user cannot reach that."""
    secrets = province.deployment.run / "secrets"
    for root in (province.deployment.run, shelter_path(province.deployment.run)):
        for folder, _, names in os.walk(root):
            for path in (Path(folder, name) for name in names):
                if stat.S_ISREG(path.lstat().st_mode) and not path.is_relative_to(secrets):
                    yield path


def processes(province: Province) -> list[int]:
    """The supervisor and all that it and they have started."""
    state = read_state(province.deployment.run)
    parents = {int(path.name): _parent(path) for path in Path("/proc").glob("[0-9]*")}
    found = [state.supervisor.pid] if state else []
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def read_process(pid: int, name: str) -> bytes:
    """Empty where it has ended meanwhile."""
    try:
        return Path("/proc", str(pid), name).read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def pages(province: Province) -> Iterator[tuple[str, bytes]]:
    """What anybody may ask without a purpose, of every process."""
    for service in province.deployment.services:
        for command in service.ports:
            address = f"{province.deployment.url(service, command)}/metrics"
            yield f"page: {service.name} {command} metrics", httpx.get(address, timeout=10).content
    operator, follower = province.headers("operator", REGION), province.headers("follower", REGION)
    for name, client in province.clients.items():
        yield f"page: {name} operations", client.get("/v1/operations", headers=operator).content
        yield f"page: {name} document", client.get("/openapi.json").content
    reader = province.headers("reviewer", REGION)
    yield "page: surveys", province.registry.get("/v1/surveys?region=520000&limit=200", headers=reader).content
    yield "page: funnel", province.reporting.get("/v1/funnel?region=520000", headers=reader).content
    for (worker,) in province.fetch("registry", "select holder from log.guards where scope = 'person' limit 20"):
        yield "page: journey", province.reporting.get(f"/v1/workers/{worker}/journey", headers=reader).content
    for owner, office, path in SHOWN:
        shown = province.clients[owner].get(path, headers=province.headers(office, REGION))
        shown.raise_for_status()
        yield f"page: {path}", shown.content
    for name in ("registry", "training", "certification", "placement", "subsidy"):
        yield from _events(province, name, follower)


def _events(province: Province, service: str, follower: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    page: dict[str, str | int] = {"limit": 200}
    while (answer := province.clients[service].get("/v1/events", params=page, headers=follower)).json():
        yield f"page: {service} events", answer.content
        page["after"] = answer.headers["Next-Cursor"]


def _parent(process: Path) -> int:
    try:
        found = _PARENT.search((process / "status").read_text())
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(found[1]) if found else 0
