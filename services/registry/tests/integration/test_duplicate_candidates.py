"""Pairs of workers who may be one person, whichever way their surveys came in."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from import_clerk import Clerk
from made_rosters import line, made_up, roster
from made_up_numbers import number

pytestmark = pytest.mark.postgres
Headers = Callable[..., dict[str, str]]
Survey = Callable[..., dict[str, Any]]
CatchUp = Callable[[], Awaitable[None]]


BORN = "19890307"
ONE, TWO, THREE = (number(BORN, n) for n in (2, 4, 6))
ELSEWHEN = number("19910102", 8)


async def record(client: httpx.AsyncClient, headers: Headers, body: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post("/v1/surveys", json=body, headers=headers("li", region="520000"))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def candidates(client: httpx.AsyncClient, headers: Headers, region: str = "520526", **more: Any) -> Any:
    answer = await client.get(
        "/v1/duplicate-candidates",
        params={"region": region, **more},
        headers=headers("sun", region="520000", office="registrar"),
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def pairs(page: Any) -> list[tuple[set[str], set[str]]]:
    return [(set(each["workers"]), {sign["sign"] for sign in each["signs"]}) for each in page["pairs"]]


async def test_the_same_name_and_birth_date_under_another_number_is_a_sign(
    client: httpx.AsyncClient, headers: Headers, survey: Survey, catch_up: CatchUp
) -> None:
    one = await record(client, headers, survey(number=ONE, phone="13800000001", name="买买提·艾力"))
    two = await record(client, headers, survey(number=TWO, phone="13800000002", name="买买提 • 艾力"))
    await record(client, headers, survey(number=THREE, phone="13800000003", name="买买提艾力"))
    await record(client, headers, survey(number=ELSEWHEN, phone="13800000004", name="买买提·艾力"))
    await catch_up()
    page = await candidates(client, headers)
    assert page["next"] is None
    (found,) = page["pairs"]
    assert found == {
        "workers": sorted((one["worker"], two["worker"])),
        "signs": [{"sign": "NAME_AND_BIRTH", "weight": 70}],
        "score": 70,
        "household_regions": ["520526"],
        "surveys": sorted((one["survey"], two["survey"])),
    }


async def test_the_same_phone_is_a_sign_with_the_same_name_and_few_who_share_it(
    client: httpx.AsyncClient, headers: Headers, survey: Survey, catch_up: CatchUp
) -> None:
    born = [number(f"19{n}0307", 2) for n in range(70, 80)]
    one = await record(client, headers, survey(number=born[0], phone="13800000001"))
    two = await record(client, headers, survey(number=born[1], phone="138-0000-0001"))
    await record(client, headers, survey(number=born[2], phone="13800000001", name="王秀兰"))
    await catch_up()
    assert pairs(await candidates(client, headers)) == [({one["worker"], two["worker"]}, {"PHONE"})]
    for n in (3, 4, 5):
        await record(client, headers, survey(number=born[n], phone="13800000001", name=f"某某{n}"))
    await catch_up()
    assert pairs(await candidates(client, headers)) == []


async def test_a_former_number_leads_to_who_has_it(
    client: httpx.AsyncClient, headers: Headers, survey: Survey, catch_up: CatchUp
) -> None:
    now = {TWO: ELSEWHEN, THREE[:6] + THREE[8:17]: number("19910102", 10)}
    lost = [
        await record(client, headers, survey(number=new, phone=None, name=f"王{n}", former_number=former))
        for n, (former, new) in enumerate(now.items())
    ]
    found = [
        await record(client, headers, survey(number=each, phone=None, name=f"李{each[-2]}")) for each in (TWO, THREE)
    ]
    await catch_up()
    page = await candidates(client, headers)
    expected = [{one["worker"], two["worker"]} for one, two in zip(lost, found, strict=True)]
    assert sorted(map(sorted, (workers for workers, _ in pairs(page)))) == sorted(map(sorted, expected))
    assert [(each["score"], each["signs"][0]["sign"]) for each in page["pairs"]] == [(95, "FORMER_NUMBER")] * 2


async def test_batches_are_compared_with_single_surveys(
    client: httpx.AsyncClient, headers: Headers, survey: Survey, catch_up: CatchUp
) -> None:
    one = await record(client, headers, survey(number=ONE))
    answer = await client.post("/v1/survey-batches", json={"surveys": [survey(number=TWO)]}, headers=headers("li"))
    two = answer.json()["results"][0]["answer"]
    await catch_up()
    page = await candidates(client, headers)
    assert pairs(page) == [({one["worker"], two["worker"]}, {"NAME_AND_BIRTH", "PHONE"})]
    assert page["pairs"][0]["score"] == 88


async def test_rosters_are_compared_with_single_surveys(
    client: httpx.AsyncClient, headers: Headers, survey: Survey, catch_up: CatchUp
) -> None:
    (person,) = made_up(1)
    again = number(person.number[6:14], 998)
    one = await record(client, headers, survey(number=again, name=person.name, phone=None))
    clerk = Clerk(client, headers, catch_up)
    found = await clerk.imported(roster([line(person)]))
    (two,) = await clerk.verdicts(found["import"])
    await catch_up()
    assert pairs(await candidates(client, headers)) == [({one["worker"], two["worker"]}, {"NAME_AND_BIRTH"})]


async def test_what_a_rejected_or_invalidated_survey_said_is_no_sign(
    client: httpx.AsyncClient, headers: Headers, survey: Survey, catch_up: CatchUp
) -> None:
    await record(client, headers, survey(number=ONE))
    wrong = (await record(client, headers, survey(number=TWO)))["survey"]
    await client.post(f"/v1/surveys/{wrong}/rejection", json={"reason": "INACCURATE"}, headers=headers("chen"))
    await catch_up()
    assert pairs(await candidates(client, headers)) == []


async def test_pairs_are_listed_where_one_of_them_lives_page_by_page(
    client: httpx.AsyncClient, headers: Headers, survey: Survey, catch_up: CatchUp
) -> None:
    for n in (2, 4, 6):
        await record(client, headers, survey(number=number(BORN, n), phone=None))
    await record(client, headers, survey(number=number(BORN, 8), phone=None, household_region="522301"))
    await catch_up()
    whole = await candidates(client, headers)
    assert len(whole["pairs"]) == 6
    found, cursor = [], ""
    while cursor is not None:
        page = await candidates(client, headers, limit=4, cursor=cursor)
        found += page["pairs"]
        cursor = page["next"]
    assert found == whole["pairs"]
    assert len((await candidates(client, headers, "522301"))["pairs"]) == 3
    assert (await candidates(client, headers, "520300"))["pairs"] == []


async def test_the_list_is_for_registrars_of_the_region_and_says_nothing_personal(
    client: httpx.AsyncClient, headers: Headers, survey: Survey, catch_up: CatchUp
) -> None:
    await record(client, headers, survey(number=ONE))
    await record(client, headers, survey(number=TWO))
    await catch_up()
    for subject, office, region, code in (
        ("chen", "reviewer", "520526", "office_not_allowed"),
        ("sun", "registrar", "520524", "region_not_yours"),
    ):
        refused = await client.get(
            "/v1/duplicate-candidates?region=520526", headers=headers(subject, office=office, region=region)
        )
        assert (refused.status_code, refused.json()["code"]) == (403, code)
    unknown = await client.get(
        "/v1/duplicate-candidates?region=520526&name=x", headers=headers("sun", office="registrar")
    )
    assert (unknown.status_code, unknown.json()["code"]) == (400, "parameter_unknown")
    text = str(await candidates(client, headers))
    assert not any(each in text for each in ("王", ONE, TWO, "138", "1."))
