"""Rosters through REST: taken, judged row by row, given back with the reasons, destroyed at their term."""

import io
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from eventcore.database import Pool, Unavailable
from eventcore.verify import verify
from import_clerk import CatchUp, Clerk, Headers, counts
from made_rosters import line, made_up, roster, roster_of
from python_calamine import CalamineWorkbook
from registry.app import SERVICE

pytestmark = pytest.mark.postgres


@pytest.fixture
def clerk(client: httpx.AsyncClient, headers: Headers, catch_up: CatchUp) -> Clerk:
    return Clerk(client, headers, catch_up)


async def test_a_roster_is_taken_at_once_and_judged_afterwards(clerk: Clerk, pool: Pool) -> None:
    persons = made_up(6)
    sent = await clerk.send(roster_of(persons))
    assert (sent.status_code, sent.json()["state"]) == (202, "running")
    key = sent.json()["import"]
    assert sent.headers["location"] == f"/v1/imports/{key}"
    before = (await clerk.get(f"/v1/imports/{key}")).json()
    assert (before["state"], before["rows"], before["judged"]) == ("waiting", None, 0)
    assert (await clerk.get(f"/v1/imports/{key}/verdicts")).json()["code"] == "import_not_complete"
    await clerk.catch_up()
    after = (await clerk.get(f"/v1/imports/{key}")).json()
    assert (after["state"], after["rows"], after["judged"]) == ("complete", 6, 6)
    assert after["verdicts"] == counts(recorded=6)
    assert await pool.fetchval("select count(*) from log.events where type = 'survey-recorded'") == 6
    assert await verify(pool, SERVICE.deciders) == []


async def test_after_a_restore_rows_wait_until_the_provinces_agree(clerk: Clerk, pool: Pool) -> None:
    key = (await clerk.send(roster_of(made_up(1)))).json()["import"]
    await pool.execute("insert into log.pairs (region, agreed) values ('440000', 'before-the-restore')")
    with pytest.raises(Unavailable):
        await clerk.catch_up()
    assert (await clerk.get(f"/v1/imports/{key}")).json()["state"] == "waiting"
    await pool.execute("update log.pairs set agreed = (select incarnation from log.head)")
    await clerk.catch_up()
    assert (await clerk.get(f"/v1/imports/{key}")).json()["verdicts"] == counts(recorded=1)


async def test_who_sent_the_roster_answers_for_its_surveys(clerk: Clerk, pool: Pool) -> None:
    found = await clerk.imported(roster_of(made_up(2)))
    (verdict, _) = await clerk.verdicts(found["import"])
    headers = clerk.headers("li", region="520526")
    survey = (await clerk.client.get(f"/v1/surveys/{verdict['survey']}", headers=headers)).json()
    assert (survey["surveyor"], survey["organisation"], survey["worker"]) == (
        *("zhang", "520526-hrss"),
        verdict["worker"],
    )
    metadata = await pool.fetchval(
        "select convert_from(metadata, 'utf8')::jsonb from log.events where stream_id = $1",
        f"survey-{verdict['survey']}",
    )
    assert f'"evidence": ["import-{found["import"]}/1"]' in metadata


async def test_the_same_file_again_adds_nobody(clerk: Clerk, pool: Pool) -> None:
    data = roster_of(made_up(5))
    first = await clerk.imported(data)
    head = await pool.fetchval("select count(*) from log.events where stream_id like 'survey-%'")
    second = await clerk.imported(data)
    assert second["verdicts"] == counts(unchanged=5)
    assert await pool.fetchval("select count(*) from log.events where stream_id like 'survey-%'") == head
    assert [each["survey"] for each in await clerk.verdicts(second["import"])] == [
        each["survey"] for each in await clerk.verdicts(first["import"])
    ]


async def test_a_known_person_is_surveyed_again_under_the_same_id(clerk: Clerk) -> None:
    (person,) = made_up(1)
    first = await clerk.imported(roster([line(person)]))
    second = await clerk.imported(roster([line(person, 联系电话="13900000001")]))
    assert second["verdicts"] == counts(again=1)
    ((one,), (other,)) = await clerk.verdicts(first["import"]), await clerk.verdicts(second["import"])
    assert one["worker"] == other["worker"]
    assert one["survey"] != other["survey"]


async def test_a_person_of_a_single_survey_is_known_to_the_import(clerk: Clerk, survey: Callable[..., Any]) -> None:
    (person,) = made_up(1)
    recorded = await clerk.client.post("/v1/surveys", json=person.survey(), headers=clerk.headers("li"))
    found = await clerk.imported(roster([line(person, 联系电话="13900000001")]))
    assert found["verdicts"] == counts(again=1)
    assert (await clerk.verdicts(found["import"]))[0]["worker"] == recorded.json()["worker"]


async def test_a_request_that_comes_again_starts_nothing_again(clerk: Clerk, pool: Pool) -> None:
    data = roster_of(made_up(2))
    one, other = await clerk.send(data, key="k1"), await clerk.send(data, key="k1")
    assert one.content == other.content
    assert one.headers["location"] == other.headers["location"]
    assert await pool.fetchval("select count(distinct import) from imports.files") == 1
    reused = await clerk.send(data + b"\n", key="k1")
    assert (reused.status_code, reused.json()["code"]) == (422, "idempotency_key_reused")


async def test_bad_rows_say_why_and_the_others_go_through(clerk: Clerk) -> None:
    good, *bad = made_up(5)
    lines = [
        line(good),
        line(bad[0], 身份证号=bad[0].number[:-1] + ("1" if bad[0].number[-1] != "1" else "2")),
        line(bad[1], 户籍地="520524"),
        line(bad[2], 摸查日期=""),
        line(bad[3], 人员类别="REGISTERED_POOR"),
    ]
    found = await clerk.imported(roster(lines))
    expected = {"number_check_digit": 1, "region_not_yours": 1, "field_missing": 1, "group_not_valid_then": 1}
    assert found["verdicts"] == counts(recorded=1, refused=expected)
    refused = await clerk.verdicts(found["import"], verdict="refused", limit=3)
    assert [(each["line"], each["code"]) for each in refused] == [
        (3, "number_check_digit"),
        (4, "region_not_yours"),
        (5, "field_missing"),
        (6, "group_not_valid_then"),
    ]
    assert all(each["reason"] for each in refused)
    assert len(await clerk.verdicts(found["import"], limit=1)) == 5


async def test_the_workbook_is_the_offices_own_rows_with_the_reasons_and_can_be_sent_again(
    clerk: Clerk, pool: Pool
) -> None:
    good, bad = made_up(2)
    found = await clerk.imported(roster([line(good), line(bad, 户籍地="")]))
    path = f"/v1/imports/{found['import']}/workbook"
    assert (await clerk.get(path)).json()["code"] == "request_invalid"
    answer = await clerk.get(path, purpose="ROSTER_CORRECTION")
    assert answer.status_code == 200, answer.text
    assert answer.headers["disclosure"] == f"import-{found['import']}/3"
    disclosed = await pool.fetchval("select convert_from(data, 'utf8') from log.events where type = 'import-disclosed'")
    assert disclosed == '{"purpose":"ROSTER_CORRECTION","reader":"zhang","organisation":"520526-hrss"}'
    texts = cells(answer.content)
    assert {good.name, good.number, bad.name, bad.number} <= texts
    again = await clerk.imported(answer.content)
    assert again["kind"] == "xlsx"
    assert again["verdicts"] == counts(unchanged=1, refused={"field_missing": 1})


def cells(data: bytes) -> set[str]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    return {str(cell) for sheet in sheets for row in sheet for cell in row}


async def test_an_account_in_a_row_goes_into_the_vault_once(clerk: Clerk, pool: Pool) -> None:
    """Also of who is not registered yet, and again only where the row says something else."""
    one, other = made_up(2)
    paid = {"银行账号": "6217 0012 1002 4455 220", "开户银行": "中国建设银行"}
    data = roster([line(one, **paid), line(other)], also=tuple(paid))
    found = await clerk.imported(data)
    assert found["verdicts"] == counts(recorded=2)
    ((verdict, _), accounts) = await clerk.verdicts(found["import"]), await _accounts(pool)
    ((stream, stored),) = accounts
    assert stream == f"bank-account-{verdict['worker']}"
    assert stored["evidence"] == f"import-{found['import']}"
    assert stored["official"] == "zhang"
    assert stored["account"].startswith("v1.")
    assert (await clerk.imported(data))["verdicts"] == counts(unchanged=2)
    assert await _accounts(pool) == accounts
    changed = paid | {"银行账号": "6228480402564890018"}
    assert (await clerk.imported(roster([line(one, **changed)], also=tuple(paid))))["verdicts"] == counts(unchanged=1)
    assert len(await _accounts(pool)) == 2
    assert await verify(pool, SERVICE.deciders) == []


async def _accounts(pool: Pool) -> list[tuple[str, dict[str, str]]]:
    rows = await pool.fetch(
        "select stream_id, convert_from(data, 'utf8') as data from log.events where type = 'bank-account-recorded'"
        " order by position"
    )
    return [(row["stream_id"], json.loads(row["data"])) for row in rows]


async def test_surveys_of_a_roster_follow_from_the_request_that_brought_it(clerk: Clerk, pool: Pool) -> None:
    await clerk.imported(roster_of(made_up(2)))
    rows = await pool.fetch(
        "select type, convert_from(metadata, 'utf8')::jsonb->>'trace' as trace,"
        " convert_from(metadata, 'utf8')::jsonb->>'correlation' as correlation"
        " from log.events where type in ('import-started', 'survey-recorded', 'import-completed')"
    )
    assert len(rows) == 4
    assert len({row["trace"].split("-")[1] for row in rows}) == 1
    assert len({row["correlation"] for row in rows}) == 1
