"""Snapshots of systems: their files come in, without what is personal, and stay for a term."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from draining import drain
from eventcore.database import Pool
from eventcore.store import Order, Store, handle
from registry.app import SERVICE
from registry.matching.snapshots.keeping import people_in
from registry.matching.snapshots.snapshot import SNAPSHOT, EndTerm
from registry.matching.snapshots.term import TermWork
from registry.matching.wiring import CODECS
from registry.sweep import sweep
from registry.vault import KeyGone, Vault
from sent_snapshots import THREE, table, upload, uploaded

pytestmark = pytest.mark.postgres
Headers = Callable[..., dict[str, str]]
CatchUp = Callable[[], Awaitable[None]]


@pytest.fixture
def clerk(headers: Headers) -> Callable[..., dict[str, str]]:
    """A clerk of the province's office, or another one."""

    def of(office: str = "clerk", region: str = "520000", key: str | None = None) -> dict[str, str]:
        return headers("zhou", region=region, office=office, key=key)

    return of


@pytest.fixture
def end_term(store: Store, vault: Vault, pool: Pool) -> Callable[[str], Awaitable[None]]:
    """The term of a snapshot is over, and its reader has seen that."""

    async def end(snapshot: str) -> None:
        await handle(store, SNAPSHOT, snapshot, EndTerm(), Order(id=f"term-{snapshot}"))
        work = TermWork(store, vault.keys, SERVICE.pages(pool, CODECS, ()))
        await drain(pool, work)

    return end


async def test_a_systems_file_is_kept_without_names_and_numbers(
    client: httpx.AsyncClient, clerk: Headers, pool: Pool, store: Store, vault: Vault, catch_up: CatchUp
) -> None:
    data = table("technical-school-registration")
    answer = await upload(client, clerk(key="k1"), "technical-school-registration", data)
    assert answer.status_code == 201, answer.text
    kept = answer.json()
    assert (kept["people"], kept["elsewhere"], kept["refused"]) == (4, 1, 1)
    assert kept["refusals"] == [{"line": 9, "field": "number", "code": "number_check_digit"}]
    again = await upload(client, clerk(key="k1"), "technical-school-registration", data)
    assert {**again.json(), "version": kept["version"]} == kept
    other = await upload(client, clerk(key="k1"), "technical-school-registration", data.replace(b"X0001", b"X0009"))
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    stored = b"".join(row["data"] for row in await pool.fetch("select data from log.events"))
    assert b"52059919" not in stored
    assert b"IN_SCHOOL" not in stored
    people = await people_in(store, vault, kept["snapshot"])
    assert {person.fields["school_status"] for person in people} >= {"IN_SCHOOL"}
    await catch_up()
    listed = await client.get("/v1/sources/technical-school-registration/snapshots", headers=clerk())
    assert [(each["snapshot"], each["state"]) for each in listed.json()["snapshots"]] == [(kept["snapshot"], "kept")]


@pytest.mark.parametrize(
    ("source", "data", "status", "code"),
    [
        ("no-such-system", b"x", 404, "not_found"),
        ("registry", b"x", 404, "not_found"),
        ("poverty-alleviation-development", b"x", 404, "not_found"),
        ("registered-poverty", "姓名,证件号码\n王秀英,1\n".encode(), 422, "roster_columns_missing"),
        ("registered-poverty", b"%PDF-1.7", 415, "roster_kind_unsupported"),
    ],
)
async def test_what_is_no_file_of_the_system_is_refused(
    client: httpx.AsyncClient, clerk: Headers, source: str, data: bytes, status: int, code: str
) -> None:
    answer = await upload(client, clerk(), source, data)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_ledger_and_the_changes_of_a_month_come_from_snapshots(
    client: httpx.AsyncClient, clerk: Headers, catch_up: CatchUp
) -> None:
    source = "technical-school-registration"
    await upload(client, clerk(), source, table(source), "2026-09-01")
    changed = table(source).decode("utf-8-sig").replace("在读", "休学", 1).encode()
    await upload(client, clerk(), source, changed, "2026-10-01")
    await catch_up()
    head = clerk()
    ledger = (await client.get(f"/v1/sources/{source}/ledger?region=520000&on=2026-09-15", headers=head)).json()
    assert all(each["fields"]["poverty"] == "YES" for each in ledger["entries"])
    assert "X0001" in {number for each in ledger["entries"] for number in each["records"]}
    for school, records in (("毕节技师学院", {"X0001", "X0002"}), ("兴义技工学校", set())):
        query = {"region": "520000", "on": "2026-09-15", "institution": school}
        own = (await client.get(f"/v1/sources/{source}/ledger", params=query, headers=head)).json()["entries"]
        assert {number for each in own for number in each["records"]} == records
        assert all(each["fields"]["school"] == school for each in own)
    page = f"/v1/sources/{source}/changes?region=520000&since=2026-09-15&until=2026-10-15"
    report = (await client.get(page, headers=head)).json()
    assert {(each["change"], each["field"], each["before"], each["after"]) for each in report["changes"]} == {
        ("changed", "school_status", "IN_SCHOOL", "SUSPENDED"),
    }
    assert sum(each["changed"] for each in report["counts"]) == len(report["changes"])
    none = await client.get(f"/v1/sources/{source}/ledger?region=520000&on=2026-01-01", headers=head)
    assert none.status_code == 404


async def test_after_its_term_nobody_reads_a_snapshot(
    client: httpx.AsyncClient, clerk: Headers, store: Store, vault: Vault, pool: Pool, end_term: Any
) -> None:
    snapshots = await uploaded(client, clerk)
    await end_term(snapshots[THREE[0]])
    vault.keys.forget()
    with pytest.raises(KeyGone):
        await people_in(store, vault, snapshots[THREE[0]])
    body = {"comparison": "three-systems", "snapshots": snapshots}
    answer = await client.post("/v1/match-runs", json=body, headers=clerk())
    assert (answer.status_code, answer.json()["code"]) == (409, "match_snapshot_unusable")


async def test_the_key_of_a_snapshot_is_no_orphan(
    client: httpx.AsyncClient, clerk: Headers, store: Store, vault: Vault, pool: Pool, keys_pool: Pool
) -> None:
    snapshots = await uploaded(client, clerk)
    await sweep(keys_pool, pool, timedelta())
    vault.keys.forget()
    assert all([await people_in(store, vault, each) for each in snapshots.values()])
