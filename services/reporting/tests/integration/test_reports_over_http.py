"""Reports: frozen with both times, restated with what every late fact changed."""

import io
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import httpx
import pytest
from public_claims import Claim
from public_lives import Person
from public_surveys import Survey
from public_work import Working
from published import Published, Told
from python_calamine import CalamineWorkbook

pytestmark = pytest.mark.postgres

Ask = Callable[..., Awaitable[httpx.Response]]
MARCH = {"kind": "MONTHLY", "region": "520526", "period": "2026-03"}
KEY = "monthly-520526-2026-03"
DAY, LATER = date(2026, 3, 9), date(2026, 5, 4)


async def frozen(send: Ask, **changes: str) -> dict[str, Any]:
    answer = await send("/v1/reports", MARCH | changes)
    assert answer.status_code in (200, 201), answer.text
    found: dict[str, Any] = answer.json()
    return found


async def shown(ask: Ask, told: Told, report: str = KEY) -> dict[str, Any]:
    await told()
    answer = await ask(f"/v1/reports/{report}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def differences(ask: Ask, told: Told, restatement: int = 1) -> list[dict[str, Any]]:
    await told()
    reporter = {"office": "reporter", "scope": "reports.differences"}
    answer = await ask(f"/v1/reports/{KEY}/restatements/{restatement}", caller=reporter)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["differences"]
    return found


async def test_a_frozen_report_is_what_the_funnel_and_the_money_said(ask: Ask, send: Ask, told: Told) -> None:
    person, claim = Person(key="w1"), Claim(key="c1")
    await told(
        person.registered(DAY),
        person.designated(DAY),
        person.enrolled(DAY),
        person.completed(DAY),
        claim.decided(9, DAY),
    )
    answer = await send("/v1/reports", MARCH)
    assert (answer.status_code, answer.json()) == (201, {"report": KEY, "restatements": 0, "known_at": 5, "version": 1})
    found = await shown(ask, told)
    assert (found["as_of"], found["due_on"], found["on_time"]) == ("2026-03-25", "2026-03-26", False)
    (version,) = found["versions"]
    funnel = (await ask("/v1/funnel", region="520526", as_of="2026-03-25", known_at=5)).json()["total"]
    counted = {name: value for name, value in version["numbers"].items() if name in funnel}
    assert counted == {name: funnel[name] for name in counted}
    assert (counted["persons_completed"], version["numbers"]["money_committed"]) == (1, 9)
    assert re.fullmatch("[0-9a-f]{64}", version["digest"])


async def test_who_freezes_again_gets_the_same_report_whatever_came_since(ask: Ask, send: Ask, told: Told) -> None:
    await told(Person(key="w1").registered(DAY))
    first = await send("/v1/reports", MARCH, key="one")
    again = await send("/v1/reports", MARCH, key="one")
    assert (again.content, again.headers["Idempotent-Replayed"]) == (first.content, "true")
    before = await shown(ask, told)
    await told(Person(key="w2").registered(DAY))
    assert (await send("/v1/reports", MARCH)).status_code == 200
    assert await shown(ask, told) == before


async def test_late_facts_are_restated_person_by_person_with_their_causes(ask: Ask, send: Ask, told: Told) -> None:
    one, two, claim = Person(key="w1"), Person(key="w2"), Claim(key="c1", worker="w1")
    decided = claim.decided(500, DAY)
    await told(one.registered(DAY), one.enrolled(DAY), one.completed(DAY), one.certified(DAY), decided)
    await told(two.registered(DAY), two.enrolled(DAY))
    await frozen(send)
    before = await shown(ask, told)
    revoked, late = one.revoked(LATER), two.completed(DAY)
    after_the_day = Person(key="w3").registered(LATER)
    await told(revoked, late, after_the_day, claim.executed(500, DAY))
    answer = await send(f"/v1/reports/{KEY}/restatements")
    assert (answer.status_code, answer.json()["restatements"]) == (201, 1), answer.text
    found = await differences(ask, told)
    assert {(each["subject"], each["number"], each["change"], *each["causes"]) for each in found} == {
        ("w1", "persons_certified", -1, revoked.id),
        ("w1", "certified_of_completed", -1, revoked.id),
        ("w2", "persons_completed", 1, late.id),
        ("w2", "completed_of_enrolled", 1, late.id),
        ("c1", "money_paid", 500, "payment-c1/1/cn.labourbridge.subsidy.payment-executed.v1"),
    }
    restated = await shown(ask, told)
    assert restated["versions"][0] == before["versions"][0]
    assert restated["versions"][1]["numbers"]["persons_certified"] == 0
    assert restated["versions"][1]["differences"] == len(found)


async def test_a_job_that_becomes_known_late_is_a_cause(ask: Ask, send: Ask, told: Told) -> None:
    person, way = Person(key="w1"), Working(key="w1")
    await told(person.registered(DAY), person.completed(DAY))
    await frozen(send)
    noted = way.noted(DAY, self_found=True)
    await told(noted, way.stable(LATER))
    assert (await send(f"/v1/reports/{KEY}/restatements")).status_code == 201
    names = ("persons_employed", "persons_transferred", "employed_of_completed", "transferred_of_completed")
    found = {(each["number"], each["change"], *each["causes"]) for each in await differences(ask, told)}
    assert found == {(name, 1, noted.id) for name in names}


async def test_a_move_a_link_and_its_undoing_are_causes_too(ask: Ask, send: Ask, told: Told) -> None:
    one, two, three = Person(key="w1"), Person(key="w2"), Person(key="w3", region="520525")
    await told(one.registered(DAY), two.registered(DAY), three.registered(DAY))
    await frozen(send)
    same, moved = one.same_as("w2", LATER), three.moved("520526", DAY)
    await told(same, moved)
    await send(f"/v1/reports/{KEY}/restatements")
    found = await differences(ask, told)
    assert {(each["subject"], each["number"], each["change"]) for each in found} == {
        ("w2", "persons_registered", -1),
        ("w3", "persons_registered", 1),
    }
    assert {each["subject"]: each["causes"] for each in found} == {"w2": [same.id], "w3": [moved.id]}
    undone = one.undone("w2", LATER)
    await told(undone)
    await send(f"/v1/reports/{KEY}/restatements")
    (apart,) = await differences(ask, told, 2)
    assert (apart["subject"], apart["change"], apart["causes"]) == ("w2", 1, [undone.id])


async def test_where_nothing_changed_nothing_is_restated(ask: Ask, send: Ask, told: Told) -> None:
    await told(Person(key="w1").registered(DAY))
    await frozen(send)
    await told(Person(key="w2").registered(LATER))
    answer = await send(f"/v1/reports/{KEY}/restatements")
    assert (answer.status_code, answer.json()["restatements"]) == (200, 0)


@pytest.mark.parametrize("seed", [1, 2])
async def test_differences_add_up_to_the_difference_of_the_numbers(ask: Ask, send: Ask, told: Told, seed: int) -> None:
    random = Random(seed)
    facts = [each for n in range(40) for each in life(random, n)]
    cut = len(facts) // 2
    await told(*facts[:cut])
    await frozen(send)
    await told(*facts[cut:])
    await send(f"/v1/reports/{KEY}/restatements")
    first, second = (await shown(ask, told))["versions"]
    changes: Counter[str] = Counter()
    known = {each.id for each in facts[cut:]}
    for each in await differences(ask, told):
        changes[each["number"]] += each["change"]
        assert each["causes"]
        assert set(each["causes"]) <= known
    for name, value in second["numbers"].items():
        assert value - first["numbers"][name] == changes[name], name


def life(random: Random, n: int) -> list[Published]:
    person = Person(key=f"w{n}", region=random.choice(("520526", "520525")))
    claim = Claim(key=f"c{n}", worker=person.key, region=person.region)
    facts = [person.registered(DAY), person.designated(DAY), person.enrolled(DAY)]
    completed = person.completed(DAY)
    facts += [completed, person.certified(DAY), claim.decided(700, DAY)]
    if random.random() < 0.4:
        facts.append(person.corrected(completed, LATER, completed=False))
    if random.random() < 0.4:
        facts.append(person.revoked(LATER))
    if random.random() < 0.4:
        facts.append(person.moved("520526", DAY - timedelta(days=3)))
    if n > 5 and random.random() < 0.2:
        facts.append(Person(key=f"w{random.randrange(5)}", _versions={}).same_as(person.key, LATER))
    facts += [claim.ordered(700, DAY), claim.executed(700, DAY)]
    return _numbered(facts, n)


def _numbered(facts: list[Published], n: int) -> list[Published]:
    """Links are decided in the stream of who stands for both: every one there has a version of its own."""
    links = [each for each in facts if each.stream.startswith("worker-w") and each.stream != f"worker-w{n}"]
    for each in links:
        object.__setattr__(each, "version", 1000 + n)
    return facts


async def test_nothing_freezes_while_a_stream_is_parked_below_its_position(ask: Ask, send: Ask, told: Told) -> None:
    await told(Person(key="w1").registered(DAY), Survey(key="nowhere", region="529999").recorded())
    answer = await send("/v1/reports", MARCH)
    assert (answer.status_code, answer.json().get("code")) == (409, "report_streams_parked")
    assert (await ask(f"/v1/reports/{KEY}")).status_code == 404


async def test_what_the_calendar_does_not_ask_for_is_refused(send: Ask, told: Told) -> None:
    city = {"kind": "QUARTERLY", "region": "520500", "period": "2026-Q1"}
    for body, field, code in (
        (MARCH | {"period": "2026-Q1"}, "body.period", "period_unknown"),
        (city, "body.region", "region_sends_no_such_report"),
        (MARCH | {"region": "529999"}, "body.region", "region_unknown"),
    ):
        answer = await send("/v1/reports", body)
        assert (answer.status_code, answer.json()["errors"]) == (422, [{"field": field, "code": code}]), answer.text
    future = await send("/v1/reports", MARCH | {"period": "2099-01"})
    assert (future.status_code, future.json()["code"]) == (409, "report_period_not_over")


async def test_only_a_reporter_of_the_region_freezes_and_restates(send: Ask, told: Told) -> None:
    assert (await send("/v1/reports", MARCH, caller={"region": "520525"})).status_code == 403
    assert (await send("/v1/reports", MARCH, caller={"office": "reviewer"})).status_code == 403
    await frozen(send)
    assert (await send(f"/v1/reports/{KEY}/restatements", caller={"region": "520525"})).status_code == 403
    assert (await send("/v1/reports/monthly-520526-2025-01/restatements")).status_code == 404


async def test_deadlines_tell_what_is_due_and_what_was_late(ask: Ask, send: Ask, told: Told) -> None:
    await frozen(send)
    await told()
    found = (await ask("/v1/report-deadlines", region="520526", year=2026)).json()["deadlines"]
    by_report = {each["report"]: each for each in found}
    assert (by_report[KEY]["standing"], by_report[KEY]["due_on"]) == ("late", "2026-03-26")
    assert by_report["monthly-520526-2026-02"]["standing"] == "overdue"
    assert len(by_report["quarterly-520526-2026-Q1"]["recipients"]) == 2
    of_a_city = (await ask("/v1/report-deadlines", region="520500", year=2026)).json()["deadlines"]
    assert {each["kind"] for each in of_a_city} == {"MONTHLY", "YEARLY"}


async def test_reports_are_listed_page_by_page(ask: Ask, send: Ask, told: Told) -> None:
    for period in ("2026-01", "2026-02", "2026-03"):
        await frozen(send, period=period)
    await told()
    page = (await ask("/v1/reports", region="520500", limit=2)).json()
    rest = (await ask("/v1/reports", region="520500", limit=2, cursor=page["next"])).json()
    assert [each["period"] for each in (*page["reports"], *rest["reports"])] == ["2026-01", "2026-02", "2026-03"]
    assert rest["next"] is None
    assert (await ask("/v1/reports", region="520100")).json()["reports"] == []


async def test_a_report_is_printed_with_its_restatements(ask: Ask, send: Ask, told: Told) -> None:
    await told(Person(key="w1").registered(DAY), Claim(key="c1").executed(123_456, DAY))
    await frozen(send, region="520500")
    await told(Person(key="w2").registered(DAY))
    await send("/v1/reports/monthly-520500-2026-03/restatements")
    await told()
    answer = await ask("/v1/reports/monthly-520500-2026-03/workbook")
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names == ["报表", "重述1"]
    for sheet, registered in (("报表", 1), ("重述1", 2)):
        lines = book.get_sheet_by_name(sheet).to_python()
        table = {str(line[0]).split(" ")[0]: line[1] for line in lines if line[0]}
        assert table["登记人数"] == registered
        assert table["已支付金额"] == pytest.approx(1234.56)
        assert "威宁彝族回族苗族自治县" in next(line for line in lines if str(line[0]).startswith("指标"))


async def test_every_version_of_a_report_is_signed_and_the_signature_tells_which(
    ask: Ask, send: Ask, told: Told, client: httpx.AsyncClient
) -> None:
    await told(Person(key="w1").registered(DAY))
    await frozen(send)
    await told(Person(key="w2").registered(DAY))
    await send(f"/v1/reports/{KEY}/restatements")
    versions = (await shown(ask, told))["versions"]
    verdicts = [
        (await ask("/v1/report-verifications", signature=each["signature"], caller={"region": "350000"})).json()
        for each in versions
    ]
    assert [(each["genuine"], each["restatement"], each["newest"]) for each in verdicts] == [
        (True, 0, False),
        (True, 1, True),
    ]
    assert [each["digest"] for each in verdicts] == [each["digest"] for each in versions]
    head, payload, _ = versions[0]["signature"].split(".")
    forged = await ask("/v1/report-verifications", signature=f"{head}.{payload}.{'A' * 86}")
    assert (forged.status_code, forged.json()["genuine"]) == (200, False)
    keys = (await client.get("/v1/report-keys")).json()["keys"]
    assert [(each["kid"], "d" in each) for each in keys] == [(verdicts[0]["key"], False)]
