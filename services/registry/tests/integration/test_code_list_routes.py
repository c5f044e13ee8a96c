"""Code lists for everybody, as of a date; and a survey by the field codes of the human-resources systems."""

import sys
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from contracts.code_lists import CODE_LISTS
from contracts.codes import CodeList
from contracts.region import valid
from eventcore.clock import legal_day
from registry.code_lists.lists import LISTS
from registry.profiles.profile import rs_fields

pytestmark = pytest.mark.postgres
Headers = Callable[..., dict[str, str]]


async def read(client: httpx.AsyncClient, path: str) -> dict[str, Any]:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_everybody_reads_which_lists_there_are_and_each_of_them(client: httpx.AsyncClient) -> None:
    named = {each["list"] for each in (await read(client, "/v1/codes"))["lists"]}
    assert named == set(LISTS) >= {*CODE_LISTS, "disclosure-purposes", "regions", "occupations"}
    for name in named:
        found = await read(client, f"/v1/codes/{name}")
        assert found["on"] == legal_day().isoformat()
        assert found["codes"]
        assert all(each["code"] and each["zh"] and each["source"] for each in found["codes"])


def test_no_list_is_left_out() -> None:
    known = [module for name, module in sys.modules.items() if name.split(".")[0] in ("registry", "contracts")]
    lists = {each.name for module in known for each in vars(module).values() if isinstance(each, CodeList)}
    assert lists <= set(LISTS)


async def test_a_list_is_as_of_its_day_and_says_what_a_former_code_became(client: httpx.AsyncClient) -> None:
    then = await read(client, "/v1/codes/worker-groups?on=2018-01-01")
    now = await read(client, "/v1/codes/worker-groups?on=2024-01-01")
    codes = [{each["code"] for each in found["codes"]} for found in (then, now)]
    assert "REGISTERED_POOR" in codes[0] - codes[1]
    assert "POVERTY_LIFTED" in codes[1] - codes[0]
    became = {each["code"]: each.get("became") for each in now["former"]}
    assert became["REGISTERED_POOR"] == became["POOR_HOUSEHOLD"] == ["POVERTY_LIFTED"]
    assert {each["code"]: each["became"] for each in then["former"]} == {"POOR_HOUSEHOLD": ["REGISTERED_POOR"]}
    one = await read(client, "/v1/codes/worker-groups?on=2024-01-01&code=POOR_HOUSEHOLD")
    assert [each["en"] for each in one["codes"]] == ["Worker of a poor household"]


async def test_regions_come_in_pages_with_their_parents_and_old_codes_lead_to_new_ones(
    client: httpx.AsyncClient,
) -> None:
    found: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await read(client, f"/v1/codes/regions?on=2020-06-01&limit=500&cursor={cursor}")
        found += page["codes"]
        cursor = page.get("next")
    day = legal_day().replace(year=2020, month=6, day=1)
    assert [each["code"] for each in found] == [each.code for each in valid(day)]
    below = await read(client, "/v1/codes/regions?on=2020-06-01&parent=520500")
    assert [each["code"] for each in below["codes"]] == [e["code"] for e in found if e.get("parent") == "520500"]
    assert {"520502", "520526"} <= {each["code"] for each in below["codes"]}
    (old,) = (await read(client, "/v1/codes/regions?on=2020-06-01&code=522401"))["codes"]
    assert (old["zh"], old["became"], old["valid_to"]) == ("毕节市", ["520502"], "2012-01-01")
    (current,) = (await read(client, "/v1/codes/regions?on=2020-06-01&code=520526"))["codes"]
    assert "became" not in current


async def test_occupations_name_their_edition_and_what_they_are_in_a_newer_one(client: httpx.AsyncClient) -> None:
    found = await read(client, "/v1/codes/occupations?edition=2022")
    assert {each["edition"] for each in found["codes"]} == {"2022"}
    (welder,) = (await read(client, "/v1/codes/occupations?code=1999/6-04-02-05"))["codes"]
    assert (welder["zh"], welder["became"], welder["verified"]) == ("焊工", ["2022/6-18-02-04"], False)
    (before,) = (await read(client, "/v1/codes/occupations?code=1999/6-04-02-05&on=2020-01-01"))["codes"]
    assert "became" not in before


async def test_a_list_may_be_kept_and_is_asked_for_again_by_its_etag(
    client: httpx.AsyncClient, headers: Headers
) -> None:
    first = await client.get("/v1/codes/wishes?on=2026-01-01")
    assert first.headers.get_list("cache-control") == ["public, max-age=3600"]
    same = await client.get("/v1/codes/wishes?on=2026-01-01", headers={"If-None-Match": first.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    other = await client.get("/v1/codes/channels?on=2026-01-01")
    assert other.headers.get_list("cache-control") == ["no-store"]
    changed = await client.get(
        "/v1/codes/worker-groups?on=2018-01-01", headers={"If-None-Match": first.headers["etag"]}
    )
    assert changed.status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/v1/codes/no-such-list", 404, "not_found"),
        ("/v1/codes/wishes?code=NOT_A_WISH", 404, "not_found"),
        ("/v1/codes/regions?code=999999", 404, "not_found"),
        ("/v1/codes/regions?on=1985-01-01&parent=520500", 404, "not_found"),
        ("/v1/codes/wishes?parent=520000", 400, "parameter_unknown"),
        ("/v1/codes/wishes?limit=5", 400, "parameter_unknown"),
        ("/v1/codes/regions?edition=2022", 400, "parameter_unknown"),
        ("/v1/codes/wishes?when=2026-01-01", 400, "parameter_unknown"),
        ("/v1/codes/wishes?profile=xx", 400, "profile_unknown"),
        ("/v1/codes/regions?cursor=forged", 400, "cursor_invalid"),
        ("/v1/codes/wishes?on=yesterday", 422, "request_invalid"),
    ],
)
async def test_what_is_not_there_is_said(client: httpx.AsyncClient, path: str, status: int, code: str) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_list_names_the_field_that_holds_its_codes(client: httpx.AsyncClient) -> None:
    found = await read(client, "/v1/codes/employment-statuses?profile=rs")
    assert (found["field"]["code"], found["field"]["zh"]) == ("AAC016", "就业状态")
    assert "field" not in await read(client, "/v1/codes/employment-statuses")


async def test_a_survey_is_also_shown_by_the_codes_of_the_human_resources_systems(
    client: httpx.AsyncClient, headers: Headers, survey: Callable[..., dict[str, Any]]
) -> None:
    made = (await client.post("/v1/surveys", json=survey(), headers=headers())).json()["survey"]
    plain = (await client.get(f"/v1/surveys/{made}", headers=headers("chen"))).json()
    answer = await client.get(f"/v1/surveys/{made}?profile=rs", headers=headers("chen"))
    shown = answer.json()
    assert answer.headers["etag"] == '"1"'
    assert shown["profile"] == "rs"
    assert shown["fields"] == {
        "AAC001": plain["worker"],
        "AAC016": "UNEMPLOYED",
        "BAC301": "520526",
        "AAE011": "li",
        "AAE036": "2026-03-02",
    }
    names = {each.code: each.field for each in rs_fields().values()}
    assert {**{names[code]: value for code, value in shown["fields"].items()}, **shown["others"]} == plain
    unknown = await client.get(f"/v1/surveys/{made}?profile=gb", headers=headers("chen"))
    assert (unknown.status_code, unknown.json()["code"]) == (400, "profile_unknown")


async def test_a_worker_is_shown_by_the_codes_of_the_human_resources_systems_too(
    client: httpx.AsyncClient,
    headers: Headers,
    survey: Callable[..., dict[str, Any]],
    catch_up: Callable[[], Awaitable[None]],
) -> None:
    made = (await client.post("/v1/surveys", json=survey(), headers=headers())).json()
    await client.post(f"/v1/surveys/{made['survey']}/approval", headers=headers("chen"))
    await catch_up()
    answer = await client.get(f"/v1/workers/{made['worker']}?profile=rs", headers=headers("chen"))
    assert answer.status_code == 200, answer.text
    assert answer.json()["fields"] == {"AAC001": made["worker"], "AAC016": "UNEMPLOYED", "BAC301": "520526"}
    assert answer.json()["others"]["status"]["stale"] in (True, False)
