"""The funnel, from messages of the registry to numbers over HTTP."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest
from eventcore.database import Pool
from eventcore.inbox import Inbox
from eventcore.rebuild import rebuild
from eventcore.store import Store
from public_claims import Claim
from public_lives import Institution, Person
from public_surveys import Survey
from public_work import Working
from published import Published, Told
from reporting.app import SERVICE

pytestmark = pytest.mark.postgres

Ask = Callable[..., Awaitable[httpx.Response]]


def noon(day: int) -> datetime:
    """In March 2026, Asia/Shanghai."""
    return datetime(2026, 3, day, 4, 0, tzinfo=UTC)


def numbers(counts: dict[str, Any]) -> tuple[int, ...]:
    """Surveys, approved, rejected, pending, invalidated; persons surveyed, approved."""
    surveys = ("surveys", "surveys_approved", "surveys_rejected", "surveys_pending", "surveys_invalidated")
    return tuple(counts[name] for name in (*surveys, "persons_surveyed", "persons_approved"))


async def funnel(ask: Ask, **parameters: Any) -> dict[str, Any]:
    answer = await ask("/v1/funnel", **({"region": "520000", "as_of": "2026-03-31"} | parameters))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def row(found: dict[str, Any], region: str) -> tuple[int, ...]:
    return numbers(next(each for each in found["regions"] if each["region"] == region))


def group(found: dict[str, Any], code: str) -> tuple[int, ...]:
    return numbers(next(each for each in found["groups"] if each["group"] == code))


NAYONG = Survey(key="s1", worker="w1", region="520525", groups=("MONITORED", "LAND_LOST"), surveyed_on=date(2026, 3, 2))
WEINING = Survey(key="s2", worker="w1", region="520526", surveyed_on=date(2026, 3, 9))
GUIYANG = Survey(key="s3", worker="w2", region="520102", groups=(), surveyed_on=date(2026, 3, 9))


async def test_before_the_first_fact_everything_is_nought(ask: Ask, told: Told) -> None:
    found = await funnel(ask)
    assert numbers(found["total"]) == (0, 0, 0, 0, 0, 0, 0)
    assert [each["region"] for each in found["regions"]][:2] == ["520100", "520200"]
    assert found["position"] == 0


async def test_surveys_add_up_and_a_worker_surveyed_twice_is_one_person(ask: Ask, told: Told) -> None:
    await told(NAYONG.recorded(), NAYONG.approved(noon(3)), WEINING.recorded(), GUIYANG.recorded())
    await told(GUIYANG.rejected(noon(10)))
    found = await funnel(ask, region="520500")
    assert (row(found, "520525"), row(found, "520526")) == ((1, 1, 0, 0, 0, 1, 1), (1, 0, 0, 1, 0, 1, 0))
    assert numbers(found["total"]) == (2, 1, 0, 1, 0, 1, 1)
    whole = await funnel(ask)
    assert numbers(whole["total"]) == (3, 1, 1, 1, 0, 2, 1)
    assert (row(whole, "520500"), row(whole, "520100")) == ((2, 1, 0, 1, 0, 1, 1), (1, 0, 1, 0, 0, 1, 0))
    assert whole["denominators"]["persons_approved"] == "persons_surveyed"
    assert row(await funnel(ask, per="county"), "520526") == (1, 0, 0, 1, 0, 1, 0)


async def test_facts_count_from_the_legal_day_on_which_they_happened(ask: Ask, told: Told) -> None:
    late_evening = datetime(2026, 3, 4, 16, 30, tzinfo=UTC)
    await told(NAYONG.approved(late_evening), NAYONG.recorded())
    assert numbers((await funnel(ask, as_of="2026-03-01"))["total"])[0] == 0
    assert numbers((await funnel(ask, as_of="2026-03-04"))["total"]) == (1, 0, 0, 1, 0, 1, 0)
    assert numbers((await funnel(ask, as_of="2026-03-05"))["total"]) == (1, 1, 0, 0, 0, 1, 1)


async def test_a_correction_counts_from_the_day_that_it_corrects_once_it_is_known(ask: Ask, told: Told) -> None:
    await told(NAYONG.recorded(), NAYONG.approved(noon(3)))
    before = await funnel(ask)
    await told(NAYONG.invalidated(noon(20), approved_at=noon(3)), WEINING.recorded())
    after = await funnel(ask, as_of="2026-03-05")
    assert numbers(after["total"]) == (0, 0, 0, 0, 1, 0, 0)
    again = await funnel(ask, known_at=before["position"])
    assert again == before
    assert numbers(again["total"]) == (1, 1, 0, 0, 0, 1, 1)


async def test_a_correction_that_comes_before_what_it_corrects_leaves_nothing_to_count(ask: Ask, told: Told) -> None:
    await told(NAYONG.invalidated(noon(20), approved_at=noon(3)), NAYONG.approved(noon(3)), NAYONG.recorded())
    for position in (1, 2, 3):
        assert numbers((await funnel(ask, known_at=position))["total"]) == (0, 0, 0, 0, 1, 0, 0)


async def test_a_time_leads_to_what_was_known_then(ask: Ask, told: Told, pool: Pool) -> None:
    for each in (NAYONG.recorded(), NAYONG.approved(noon(3)), WEINING.recorded(), GUIYANG.recorded()):
        await told(each)
    records = await pool.fetch("select position, recorded_at from log.inbox order by position")
    for position, recorded_at in records:
        assert (await funnel(ask, known_at=recorded_at.isoformat()))["position"] == position
        earlier = recorded_at - timedelta(microseconds=1)
        assert (await funnel(ask, known_at=earlier.isoformat()))["position"] == position - 1
    assert (await funnel(ask, known_at="2020-01-01T00:00:00Z"))["position"] == 0


@pytest.mark.parametrize("known_at", ["99", "2999-01-01T00:00:00Z"])
async def test_what_will_be_known_cannot_be_asked(ask: Ask, told: Told, known_at: str) -> None:
    answer = await ask("/v1/funnel", region="520000", known_at=known_at)
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": "query.known_at", "code": "known_at_in_future"}]


async def test_a_position_that_the_view_has_not_reached_is_not_answered(ask: Ask, store: Store) -> None:
    await Inbox(store.pool, store.appended).receive([NAYONG.recorded().message(0)])
    answer = await ask("/v1/funnel", region="520000", known_at=1)
    assert (answer.status_code, answer.json()["code"]) == (503, "not_yet_visible")
    assert (await funnel(ask, known_at=0))["position"] == 0


async def test_a_group_is_counted_alone_and_old_groups_lead_to_those_of_the_day(ask: Ask, told: Told) -> None:
    old = Survey(
        key="o", worker="w9", region="520525", groups=("LHS_CURRENT", "LHS_PAST"), surveyed_on=date(2019, 9, 1)
    )
    await told(NAYONG.recorded(), WEINING.recorded(), GUIYANG.recorded(), old.recorded(), old.approved())
    found = await funnel(ask)
    assert group(found, "MONITORED") == (2, 0, 0, 2, 0, 1, 0)
    assert group(found, "LAND_LOST") == (1, 0, 0, 1, 0, 1, 0)
    assert group(found, "RURAL_LEAVER") == (1, 1, 0, 0, 0, 1, 1)
    assert "LHS_PAST" not in {each["group"] for each in found["groups"]}
    alone = await funnel(ask, group="LHS_PAST")
    assert alone["group"] == "RURAL_LEAVER"
    assert numbers(alone["total"]) == (1, 1, 0, 0, 0, 1, 1)
    assert [each["group"] for each in alone["groups"]] == ["RURAL_LEAVER"]
    then = await funnel(ask, as_of="2019-12-31", group="LHS_PAST")
    assert (then["group"], numbers(then["total"])) == ("LHS_PAST", (1, 0, 0, 1, 0, 1, 0))


async def test_a_group_that_is_new_to_us_is_counted_under_its_own_code(ask: Ask, told: Told) -> None:
    await told(Survey(key="n", groups=("GROUP_OF_TOMORROW",)).recorded())
    assert group(await funnel(ask), "GROUP_OF_TOMORROW") == (1, 0, 0, 1, 0, 1, 0)


async def test_old_regions_lead_to_those_of_the_day(ask: Ask, told: Told) -> None:
    await told(Survey(key="o", region="522427", surveyed_on=date(2010, 5, 1)).recorded())
    assert row(await funnel(ask, region="520500"), "520526")[0] == 1
    by_old_code = await funnel(ask, region="522427")
    assert (by_old_code["region"], by_old_code["name"]) == ("520526", "威宁彝族回族苗族自治县")
    assert numbers(by_old_code["total"])[0] == 1
    then = await funnel(ask, region="522400", as_of="2010-12-31")
    assert row(then, "522427")[0] == 1


async def test_what_lies_in_no_single_part_is_a_row_of_the_whole(ask: Ask, told: Told) -> None:
    await told(Survey(key="o", region="520221", surveyed_on=date(2019, 5, 1)).recorded())
    found = await funnel(ask, region="520200")
    assert row(found, "520200")[0] == 1
    assert sum(each["surveys"] for each in found["regions"]) == found["total"]["surveys"] == 1


@pytest.mark.parametrize(("region", "status"), [("520526", 200), ("522427", 200), ("520525", 403), ("520500", 403)])
async def test_nobody_sees_beyond_their_own_region(ask: Ask, told: Told, region: str, status: int) -> None:
    answer = await ask("/v1/funnel", region=region, caller={"region": "520526"})
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["code"] == "region_not_yours"


@pytest.mark.parametrize(
    ("parameters", "field", "code"),
    [
        ({"region": "529999"}, "query.region", "region_unknown"),
        ({"region": "520581", "as_of": "2015-01-01"}, "query.region", "region_not_valid_then"),
        ({"region": "520221"}, "query.region", "region_divided"),
        ({"region": "520000", "group": "RICH"}, "query.group", "code_unknown"),
        ({"region": "520000", "as_of": "2026-02-30"}, "query.as_of", "date_from_datetime_parsing"),
    ],
)
async def test_what_cannot_be_asked_is_named(
    ask: Ask, told: Told, parameters: dict[str, str], field: str, code: str
) -> None:
    answer = await ask("/v1/funnel", **parameters)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"] == [{"field": field, "code": code}]


@pytest.mark.parametrize("as_of", ["0001-01-01", "1981-01-01", "2011-06-01", "9999-12-31"])
@pytest.mark.parametrize("region", ["110000", "429004", "441900", "513200", "520000"])
async def test_any_day_can_be_asked_for(ask: Ask, told: Told, as_of: str, region: str) -> None:
    await told(NAYONG.recorded())
    for per in ("child", "county"):
        answer = await ask("/v1/funnel", region=region, as_of=as_of, per=per, caller={"region": region})
        assert answer.status_code == 200 or "region_not_valid_then" in answer.text, answer.text


async def test_who_names_a_public_event_sees_it_counted(ask: Ask, told: Told) -> None:
    event = NAYONG.recorded()
    asking = asyncio.ensure_future(funnel(ask, wait_for=event.id, wait_seconds=10))
    await asyncio.sleep(0.05)
    assert not asking.done()
    await told(event, shown=False)
    assert numbers((await asking)["total"])[0] == 1


async def test_who_waits_for_what_never_comes_is_told_so(ask: Ask, told: Told) -> None:
    answer = await ask("/v1/funnel", region="520000", wait_for="survey-never/1/x", wait_seconds=0.05)
    assert (answer.status_code, answer.json()["code"]) == (503, "not_yet_visible")


async def test_a_survey_that_cannot_be_counted_waits_and_is_shown_as_missing(ask: Ask, told: Told) -> None:
    await told(Survey(key="nowhere", region="529999").recorded(), NAYONG.recorded())
    found = await funnel(ask)
    assert (found["total"]["surveys"], found["parked_streams"]) == (1, 1)
    assert (await funnel(ask, known_at=0))["parked_streams"] == 0


async def test_a_message_that_comes_again_is_counted_once(ask: Ask, told: Told) -> None:
    await told(NAYONG.recorded(), NAYONG.recorded())
    await told(NAYONG.recorded())
    assert (await funnel(ask))["total"]["surveys"] == 1


def one_of_each() -> tuple[Published, ...]:
    """So that every view has rows."""
    day, one, claim, base = date(2026, 3, 9), Person(key="w1"), Claim(key="c1"), Institution()
    way, completed = Working(key="w1"), one.completed(day)
    reached = way.stable(day)
    return (
        *(one.registered(day, ("MONITORED",)), one.moved("520525", day), one.same_as("w2", day)),
        *(completed, one.corrected(completed, day, completed=False)),
        *(base.accredited(day), base.base_revoked(day, day)),
        *(claim.decided(700, day), claim.ordered(700, day), claim.executed(700, day)),
        *(way.dispatched(day), way.noted(day, transfer="t1"), way.month_noted(day, "2026-02", 1), way.started(day)),
        *(reached, way.stable_withdrawn(reached, day)),
    )


async def test_a_rebuild_gives_the_same_rows(ask: Ask, send: Ask, told: Told, pool: Pool, owner_pool: Pool) -> None:
    surveys = [Survey(key=f"s{n}", worker=f"w{n % 7}", number=n) for n in range(40)]
    await told(*(each.recorded() for each in surveys), *(each.approved(noon(4)) for each in surveys[::2]))
    await told(*(each.invalidated(noon(5)) for each in surveys[::3]))
    await told(*one_of_each())
    assert (await send("/v1/reports", {"kind": "YEARLY", "region": "520000", "period": "2025"})).status_code == 201
    await told(Claim(key="c2").decided(5, date(2025, 3, 9)))
    assert (await send("/v1/reports/yearly-520000-2025/restatements")).status_code == 201
    await told()
    before = await funnel(ask)
    live = {view.name: await pool.fetch(f'select * from views."{view.name}" order by 1') for view in SERVICE.views}  # noqa: S608
    for view in SERVICE.views:
        assert await rebuild(owner_pool, view, SERVICE.pages_of(owner_pool, view)) == 94
        rebuilt = await pool.fetch(f'select * from views."{view.name}" order by 1')  # noqa: S608
        assert rebuilt == live[view.name]
        assert len(rebuilt) > 0
    assert await funnel(ask) == before
