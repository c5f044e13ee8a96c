"""Everything that a province has written or holds: files, dumps, topics, processes, answers."""

import os
import re
import stat
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import httpx
from lb.exchange import Exchange
from lb.local.accounts import shelter_path
from lb.local.certificates import operating
from lb.local.pgbinaries import find_binaries
from lb.topology import Database
from lb.units import read_state

from tests.canary.scanner import Scanner
from tests.e2e.province import Province
from tests.e2e.topics import Message, messages

SHOWN: Final = (
    ("registry", "reviewer", "/v1/surveys?region={region}&limit=200"),
    ("training", "training-officer", "/v1/classes?region={region}"),
    ("certification", "assessment-officer", "/v1/certificates?region={region}&limit=200"),
    ("placement", "placement-officer", "/v1/agreements?region={region}"),
    ("placement", "placement-officer", "/v1/transfers?region={region}&only_open=false&limit=200"),
    ("subsidy", "handler", "/v1/claims?region={region}&limit=500"),
    ("subsidy", "fund-officer", "/v1/payment-orders?region={region}&status=executed&limit=500"),
    ("subsidy", "fund-officer", "/v1/bank-files?status=sent&limit=200"),
    ("reporting", "reviewer", "/v1/money?region={region}"),
    ("reporting", "reviewer", "/v1/funnel?region={region}"),
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
    search_topics(scanner, messages(province.deployment.kafka().bootstrap))
    for pid in (*processes(province), *besides):
        for name in ("cmdline", "environ"):
            scanner.data(f"process: {pid} {name}", read_process(pid, name))
    for place, text in pages(province):
        scanner.data(place, text)
    search_files(scanner, files(province.deployment.run, besides=province.deployment.run / "secrets"))


def search_exchange(exchange: Exchange, scanner: Scanner) -> None:
    """What provinces say to each other, as it lies between them."""
    server = exchange.server()
    search_topics(scanner, messages(server.bootstrap, tls=operating(server.folder)))
    search_files(scanner, files(exchange.run))


def search_topics(scanner: Scanner, found: Iterable[Message]) -> None:
    """Keys, values and headers."""
    for message in found:
        parts = [
            message.key,
            message.value,
            *(part for name, value in message.headers for part in (name.encode(), value)),
        ]
        scanner.data(f"topic: {message.topic}", b"\n".join(parts))


def search_files(scanner: Scanner, found: Iterable[Path]) -> None:
    """As they lie there."""
    for file in found:
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


def files(run: Path, *, besides: Path | None = None) -> Iterator[Path]:
    """Of the run folder, and of the folder where PostgreSQL's data lie if its user cannot reach that. `besides`: where
    they may be."""
    for root in (run, shelter_path(run)):
        for folder, _, names in os.walk(root):
            for path in (Path(folder, name) for name in names):
                if stat.S_ISREG(path.lstat().st_mode) and not (besides and path.is_relative_to(besides)):
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
        for command in province.deployment.commands(service):
            address = f"{province.deployment.url(service, command)}/metrics"
            yield f"page: {service.name} {command} metrics", httpx.get(address, timeout=10).content
    region = province.deployment.region
    operator, follower = province.headers("operator", region), province.headers("follower", region)
    for name, client in province.clients.items():
        yield f"page: {name} operations", client.get("/v1/operations", headers=operator).content
        yield f"page: {name} document", client.get("/openapi.json").content
    for owner, office, path in SHOWN:
        if owner in province.clients:
            shown = province.clients[owner].get(path.format(region=region), headers=province.headers(office, region))
            shown.raise_for_status()
            yield f"page: {path}", shown.content
    if "reporting" in province.clients:
        yield from _journeys(province)
    for name in province.clients.keys() - {"reporting"}:
        yield from _events(province, name, follower)


def _journeys(province: Province) -> Iterator[tuple[str, bytes]]:
    reader = province.headers("reviewer", province.deployment.region)
    for (worker,) in province.fetch("registry", "select holder from log.guards where scope = 'person' limit 20"):
        yield "page: journey", province.reporting.get(f"/v1/workers/{worker}/journey", headers=reader).content


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
