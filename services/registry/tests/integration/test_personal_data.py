"""What is personal is sealed wherever it lies, and shown only by a recorded disclosure."""

import io
import json
from typing import Any

import pytest
from eventcore.database import Pool
from eventcore.store import Store
from python_calamine import CalamineWorkbook
from registry.disclosures.reveal import NothingDisclosed, reveal
from registry.vault import Unopenable, Vault

pytestmark = pytest.mark.postgres
PLAIN = ("王秀英", "520599189003070024", "13800001234", "粤安电子厂", "02088888888")
EMPLOYED = {
    "status": "EMPLOYED",
    "form": "ENTERPRISE",
    "region": "440112",
    "employer": "粤安电子厂",
    "contact": "02088888888",
}


async def everything(pool: Pool, schemas: tuple[str, ...]) -> str:
    """All rows of all tables as text."""
    tables = await pool.fetch(
        "select format('%I.%I', schemaname, tablename) as t from pg_tables where schemaname = any($1)", list(schemas)
    )
    parts = []
    for (table,) in tables:
        for row in await pool.fetch(f"select * from {table}"):  # noqa: S608 names come from the catalogue
            parts += [
                value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value) for value in row.values()
            ]
    return "\n".join(parts)


async def test_no_table_holds_it_in_plain_text(
    client: Any, headers: Any, survey: Any, pool: Pool, keys_pool: Pool, catch_up: Any
) -> None:
    made = (await client.post("/v1/surveys", json=survey(employment=EMPLOYED), headers=headers("li"))).json()
    await client.post("/v1/surveys", json=survey(surveyed_on="2099-01-01"), headers=headers("li"))
    url = f"/v1/surveys/{made['survey']}"
    await client.post(f"{url}/identity", json={"purpose": "SURVEY_REVIEW"}, headers=headers("chen"))
    await client.post(f"{url}/approval", headers=headers("chen"))
    await catch_up()
    stored = await everything(pool, ("log", "views")) + await everything(keys_pool, ("vault",))
    assert made["worker"] in stored
    for text in PLAIN:
        assert text not in stored
        assert json.dumps(text).strip('"') not in stored
    told = await client.get("/v1/events", headers=headers(office="follower"))
    assert len(told.json()) == 4
    assert not any(text in told.text for text in (*PLAIN, '"v1.'))


async def test_a_reviewer_sees_the_name_and_a_masked_number_and_leaves_a_record(
    client: Any, headers: Any, survey: Any, pool: Pool
) -> None:
    made = (await client.post("/v1/surveys", json=survey(employment=EMPLOYED), headers=headers("li"))).json()
    shown = await client.post(
        f"/v1/surveys/{made['survey']}/identity",
        json={"purpose": "SURVEY_REVIEW"},
        headers=headers("chen", region="520500"),
    )
    assert shown.status_code == 201
    assert shown.headers["cache-control"] == "no-store"
    disclosure = shown.json()["disclosure"]
    assert shown.json() == {
        "disclosure": disclosure,
        "survey": made["survey"],
        "name": "王秀英",
        "number": "520599********0024",
        "phone": "138****1234",
        "employer": "粤安电子厂",
        "contact": "020****8888",
        "former_number": None,
    }
    record = await pool.fetchval(
        "select data from log.readable where stream_id = $1 and type = 'personal-data-disclosed'",
        f"disclosure-{disclosure}",
    )
    assert json.loads(record) == {
        "worker": made["worker"],
        "surveys": [made["survey"]],
        "purpose": "SURVEY_REVIEW",
        "reader": "chen",
        "organisation": "520500-hrss",
        "office": "reviewer",
        "in_full": ["name", "employer"],
        "masked": ["number", "phone", "contact", "former_number"],
        "request": None,
        "accounts": [],
        "reference": None,
        "record": None,
    }


async def test_a_purpose_decides_what_is_shown_in_full(client: Any, headers: Any, survey: Any) -> None:
    made = (await client.post("/v1/surveys", json=survey(), headers=headers("li"))).json()
    shown = await client.post(
        f"/v1/surveys/{made['survey']}/identity", json={"purpose": "SURVEY_AGAIN"}, headers=headers("zhao")
    )
    assert (shown.json()["phone"], shown.json()["number"]) == ("13800001234", "520599********0024")
    assert (shown.json()["employer"], shown.json()["contact"]) == (None, None)


@pytest.mark.parametrize("body", [{}, {"purpose": "CURIOSITY"}, {"purpose": ""}])
async def test_nothing_is_shown_without_a_purpose(
    client: Any, headers: Any, survey: Any, body: dict[str, str], pool: Pool
) -> None:
    made = (await client.post("/v1/surveys", json=survey(), headers=headers("li"))).json()
    refused = await client.post(f"/v1/surveys/{made['survey']}/identity", json=body, headers=headers("chen"))
    assert (refused.status_code, refused.json()["code"]) == (422, "request_invalid")
    assert await pool.fetchval("select count(*) from log.events") == 1


async def test_a_retry_shows_it_again_under_the_same_record(client: Any, headers: Any, survey: Any, pool: Pool) -> None:
    made = (await client.post("/v1/surveys", json=survey(), headers=headers("li"))).json()
    url, same = f"/v1/surveys/{made['survey']}/identity", headers("chen", key="k1")
    first = await client.post(url, json={"purpose": "SURVEY_REVIEW"}, headers=same)
    again = await client.post(url, json={"purpose": "SURVEY_REVIEW"}, headers=same)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["idempotent-replayed"] == "true"
    assert await pool.fetchval("select count(*) from log.events where type = 'personal-data-disclosed'") == 1
    answers = [bytes(row["answer"]).decode() for row in await pool.fetch("select answer from log.commands")]
    assert not any("王" in answer or "0024" in answer for answer in answers)


async def test_without_a_recorded_disclosure_nothing_opens(
    client: Any, headers: Any, survey: Any, store: Store, vault: Vault
) -> None:
    made = (await client.post("/v1/surveys", json=survey(), headers=headers("li"))).json()
    with pytest.raises(NothingDisclosed):
        await reveal(store, vault, made["survey"])


async def test_when_the_key_is_destroyed_nothing_can_be_shown(
    client: Any, headers: Any, survey: Any, keys_pool: Pool, vault: Vault
) -> None:
    made = (await client.post("/v1/surveys", json=survey(), headers=headers("li"))).json()
    await keys_pool.execute("delete from vault.person_keys")
    vault.keys.forget(made["worker"])
    gone = await client.post(
        f"/v1/surveys/{made['survey']}/identity", json={"purpose": "SURVEY_REVIEW"}, headers=headers("chen")
    )
    assert (gone.status_code, gone.json()["code"]) == (410, "personal_data_gone")


async def test_a_sealed_field_of_one_survey_opens_in_no_other(
    client: Any, headers: Any, survey: Any, pool: Pool, vault: Vault
) -> None:
    one = (await client.post("/v1/surveys", json=survey(), headers=headers("li"))).json()
    two = (await client.post("/v1/surveys", json=survey(), headers=headers("li"))).json()
    data = await pool.fetchval("select data from log.readable where stream_id = $1", f"survey-{one['survey']}")
    sealed, worker = json.loads(data)["name"], one["worker"]
    assert await vault.open(worker, f"survey-{one['survey']}/1/name", sealed) == "王秀英"
    for place in (
        f"survey-{two['survey']}/1/name",
        f"survey-{one['survey']}/1/phone",
        f"survey-{one['survey']}/2/name",
    ):
        with pytest.raises(Unopenable):
            await vault.open(worker, place, sealed)


async def test_a_survey_is_printed_as_the_form_with_a_masked_number_and_leaves_a_record(
    client: Any, headers: Any, survey: Any, pool: Pool
) -> None:
    made = (await client.post("/v1/surveys", json=survey(name="=王秀英"), headers=headers())).json()
    path = f"/v1/surveys/{made['survey']}/form"
    refused = await client.post(path, json={"purpose": "SURVEY_FORM"}, headers=headers("li"))
    assert (refused.status_code, refused.json()["code"]) == (403, "office_not_allowed")
    printed = await client.post(path, json={"purpose": "SURVEY_FORM"}, headers=headers("wu", office="clerk"))
    assert printed.status_code == 201, printed.text
    book = CalamineWorkbook.from_filelike(io.BytesIO(printed.content))
    title, *rows = book.get_sheet_by_name("信息表").to_python()
    assert title[0] == "农村贫困劳动力就业信息表"
    form = {row[0]: row[1] for row in rows}
    assert form["姓名"] == "'=王秀英"
    assert (form["公民身份号码"], form["联系电话"]) == ("520599********0024", "13800001234")
    assert (form["户籍地"], form["就业状况"], form["摸查日期"]) == ("威宁彝族回族苗族自治县", "未就业", "2026-03-02")
    assert "就业单位名称" not in form
    record = "select count(*) from log.readable where stream_id = $1 and data::text like '%SURVEY_FORM%'"
    assert await pool.fetchval(record, f"disclosure-{printed.headers['disclosure']}") == 1
