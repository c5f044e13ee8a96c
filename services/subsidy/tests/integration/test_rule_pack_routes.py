"""Rule packs over HTTP: published by an officer, read by everybody, tried over past decisions."""

from datetime import date, timedelta
from typing import Any

from eventcore import Decider
from eventcore.clock import CLOCK, legal_day
from eventcore.store import Order, handle
from rule_packs import text_of
from served import Served
from subsidy.claims.events import ClaimDecided, ClaimEvent
from subsidy.money.payments.payee import Payee
from subsidy.packs.explanation import Explanation, Input

OFFICER = {"office": "rule-officer", "who": "yang"}
TODAY = legal_day(CLOCK)
DECISIONS: Decider[ClaimEvent, ClaimEvent, None] = Decider(
    category="claim",
    initial=None,
    decide=lambda event, _, __: [event],
    evolve=lambda _, __: None,
    events=ClaimEvent,
)
"""Claims as if they had been decided."""


async def publish(subsidy: Served, text: str, **caller: str) -> Any:
    return await subsidy.post("/v1/rule-packs", {"text": text}, **{**OFFICER, **caller})


def living(rate: int, since: date) -> str:
    text = text_of("520000-living").replace("rate: 4000", f"rate: {rate}")
    return text.replace("valid_from: 2025-01-01", f"valid_from: {since}")


async def test_a_published_pack_is_read_by_everybody(subsidy: Served) -> None:
    done = await publish(subsidy, text_of("520000-training"))
    assert (done.status_code, done.json()["version"]) == (201, 1)
    again = await publish(subsidy, text_of("520000-training"))
    assert (again.status_code, again.json()) == (200, done.json())
    await subsidy.catch_up()
    page = (await subsidy.get("/v1/rule-packs", {"kind": "TRAINING"})).json()
    assert [(each["name"], each["version"], each["digest"]) for each in page["packs"]] == [
        ("520000-training", 1, done.json()["digest"])
    ]
    read = await subsidy.get("/v1/rule-packs/520000-training/1")
    assert read.headers["etag"] == f'"{done.json()["digest"]}"'
    assert read.json()["rules"]["deadlines"] == {"decide": 15, "pay": 30, "illustrative": True}
    assert (await subsidy.get("/v1/rule-packs/520000-training/2")).status_code == 404


async def test_a_version_that_follows_is_published_before_its_first_day(subsidy: Served) -> None:
    assert (await publish(subsidy, text_of("520000-living"))).status_code == 201
    late = await publish(subsidy, living(5_000, TODAY))
    assert (late.status_code, late.json()["code"]) == (409, "rule_pack_backdated")
    tomorrow = await publish(subsidy, living(5_000, TODAY + timedelta(days=1)))
    assert (tomorrow.status_code, tomorrow.json()["version"]) == (201, 2)
    await subsidy.catch_up()
    for day, amount in ((TODAY, 240_000), (TODAY + timedelta(days=1), 300_000)):
        found = await subsidy.get("/v1/entitlements", {"region": "520123", "on": str(day)})
        assert [each["amount"]["most"] for each in found.json()["entitlements"]] == [amount]


async def test_a_wrong_pack_leaves_nothing_behind(subsidy: Served) -> None:
    wrong = await publish(subsidy, text_of("520000-living").replace("attended_days", "attended_weeks"))
    assert (wrong.status_code, wrong.json()["code"]) == (422, "rule_pack_invalid")
    assert wrong.json()["errors"] == [{"field": "text.amount.0.of", "code": "pack_input_unknown"}]
    elsewhere = await publish(subsidy, text_of("620823-cross-province-travel"))
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "region_not_yours")
    other = await publish(subsidy, text_of("520000-living"), office="handler")
    assert other.status_code == 403
    assert await subsidy.pool.fetchval("select count(*) from log.events") == 0


async def test_what_can_i_get_is_answered_from_the_nearest_packs(subsidy: Served) -> None:
    for name in ("520000-training", "520000-living", "520000-skill-upgrade", "520181-cross-province-travel"):
        assert (await publish(subsidy, text_of(name))).status_code == 201
    await subsidy.catch_up()
    asked = {"region": "520181", "group": "LAND_LOST", "occupation": "2022/6-18-01-01", "level": "4"}
    found = (await subsidy.get("/v1/entitlements", asked)).json()["entitlements"]
    assert {each["kind"]: (each["possible"], each["amount"]["zh"]) for each in found} == {
        "TRAINING": (True, "1,600.00元"),
        "LIVING": (False, "最高2,400.00元"),
        "SKILL_UPGRADE": (True, "1,500.00元"),
        "CROSS_PROVINCE_TRAVEL": (True, "500.00元至1,000.00元"),
    }
    elsewhere = (await subsidy.get("/v1/entitlements", {**asked, "region": "520123"})).json()["entitlements"]
    assert "CROSS_PROVINCE_TRAVEL" not in {each["kind"] for each in elsewhere}
    before = {"region": "520181", "on": "2024-12-31"}
    assert [each["kind"] for each in (await subsidy.get("/v1/entitlements", before)).json()["entitlements"]] == [
        "CROSS_PROVINCE_TRAVEL"
    ]


async def decide(subsidy: Served, n: int, days: int, amount: int, region: str = "520123") -> None:
    inputs = {"groups": "MONITORED", "completed": "true", "attended_days": str(days)}
    event = ClaimDecided(
        claim=f"claim{n}",
        kind="LIVING",
        worker=f"worker{n}",
        region=region,
        outcome="APPROVED",
        fund="EMPLOYMENT_SUBSIDY",
        payee=Payee(kind="WORKER", id=f"worker{n}"),
        amount=amount,
        explanation=Explanation(
            pack="520000-living@1",
            inputs=tuple(Input(name=name, value=value, fact="f/1") for name, value in inputs.items()),
            steps=(),
            reasons=("GROUP_MONITORED",),
        ),
        decided_on=TODAY,
        handler="liu",
        organisation="hr-520000",
    )
    await handle(subsidy.store, DECISIONS, f"claim{n}", event, Order(id=f"test/{n}"))


async def simulate(subsidy: Served, **further: object) -> Any:
    body = {"text": living(5_000, TODAY), "from": str(TODAY), "to": str(TODAY), **further}
    return await subsidy.post("/v1/pack-simulations", body, **OFFICER)


async def test_a_pack_is_tried_over_past_decisions_and_nothing_is_stored(subsidy: Served) -> None:
    for n, days, amount in ((1, 20, 80_000), (2, 10, 60_000), (3, 4, 20_000), (4, 20, 80_000)):
        await decide(subsidy, n, days, amount)
    await decide(subsidy, 5, 20, 80_000, region="620823")
    await subsidy.catch_up()
    events = await subsidy.pool.fetchval("select count(*) from log.events")
    first = (await simulate(subsidy, limit=2)).json()
    assert first["sums"] == {
        "gain": 2,
        "lose": 1,
        "same": 1,
        "undecided": 0,
        "funds": [{"fund": "EMPLOYMENT_SUBSIDY", "before": 240_000, "after": 270_000, "difference": 30_000}],
    }
    assert [(each["claim"], each["difference"]) for each in first["changes"]] == [
        ("claim1", 20_000),
        ("claim2", -10_000),
    ]
    second = (await simulate(subsidy, limit=2, cursor=first["next"])).json()
    assert (second["sums"], second["next"]) == (None, None)
    assert [(each["claim"], each["difference"]) for each in second["changes"]] == [("claim4", 20_000)]
    assert await subsidy.pool.fetchval("select count(*) from log.events") == events
    backwards = await simulate(subsidy, to=str(TODAY - timedelta(days=1)))
    assert (backwards.status_code, backwards.json()["errors"]) == (
        422,
        [{"field": "body.to", "code": "before_from"}],
    )


async def test_the_packs_that_are_shipped_for_the_province_are_published(subsidy: Served) -> None:
    for kind in ("training", "living", "assessment", "skill-upgrade"):
        assert (await publish(subsidy, text_of(f"520000-{kind}"))).status_code == 201
    await subsidy.catch_up()
    told = await subsidy.get("/v1/events", office="follower")
    assert [each["data"]["pack"] for each in told.json()] == [
        "520000-training@1",
        "520000-living@1",
        "520000-assessment@1",
        "520000-skill-upgrade@1",
    ]
