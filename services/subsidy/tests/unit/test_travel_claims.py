"""Travel to work elsewhere: by what home knows of the jobs, and by what an office has seen (R-SUB-36)."""

from collections.abc import Iterable
from datetime import date

import pytest
from claim_facts import COUNTY, Life
from claim_world import NOW, TODAY, World
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from job_facts import BIJIE, GUIYANG, SHENZHEN, Career
from published import Published
from rule_packs import text_of
from subsidy.claims.dossier.dossier import DOSSIER, Note
from subsidy.claims.dossier.events import EvidenceNoted
from subsidy.claims.dossier.parts import Said
from subsidy.claims.dossier.travel import zone_of
from subsidy.claims.events import ClaimAdjusted, ClaimDecided
from subsidy.claims.explaining import explained
from subsidy.claims.replaying import comes_out
from subsidy.claims.state import Opened
from subsidy.packs.rule_pack import RULE_PACK, version_of

WANG = Life(groups=("POVERTY_LIFTED",))
MARCH = date(2026, 3, 9)


def world(*packs: str) -> World:
    found = World()
    for each in packs or (text_of("520000-cross-province-travel"),):
        found.publish(each)
    found.commit()
    return found


def of(found: World, career: Career, year: int = 2026) -> Opened:
    return found.claims()[career.claim(year)]


def missing(claim: Opened) -> tuple[str, ...]:
    return getattr(claim.standing, "missing", ())


def months(career: Career, *names: str, job: str = "a", wage: int = 600_000) -> Iterable[Published]:
    return (career.month(job, name, wage=wage) for name in names)


def saw(found: World, career: Career, name: str, value: int, order: int = 1) -> None:
    """An office has seen it."""
    noted = EvidenceNoted(
        worker=career.life.worker,
        claim=career.claim_id,
        input=name,
        value=value,
        document="票据 2026-8",
        noted_on=TODAY,
        official="cai",
        organisation="bijie-hrss",
        said=Said(fact="", order=order),
        concerns=(),
    )
    found.do(DOSSIER, career.life.worker, Note(noted))
    found.settle()


def replays(found: World) -> bool:
    """All decisions come out again from what is stored of them."""
    for fact in found.facts:
        if isinstance(fact.event, ClaimDecided | ClaimAdjusted):
            name, _, version = fact.event.explanation.pack.partition("@")
            if not comes_out(fact.event, version_of(found.states[RULE_PACK.stream(name)], int(version))):
                return False
    return True


def test_a_job_in_another_province_opens_a_claim_of_the_year_that_waits_for_three_months() -> None:
    found, career = world(), Career(life=WANG)
    found.tell(WANG.registered(), career.begun("a", MARCH))
    claim = of(found, career)
    assert (claim.opened.kind, claim.opened.about, claim.region) == ("CROSS_PROVINCE_TRAVEL", "2026", COUNTY)
    assert missing(claim) == ("months_outside",)
    found.tell(*months(career, "2026-03", "2026-04"))
    assert not found.decide(career.claim_id)
    assert any("months outside" in each.en for each in explained(of(found, career), None, TODAY))
    found.tell(*months(career, "2026-05"))
    assert found.decide(career.claim_id)
    decision = of(found, career).decision
    assert decision is not None
    assert (decision.made.outcome, decision.made.amount) == ("APPROVED", 50_000)
    inputs = {each.name: each.value for each in decision.made.explanation.inputs}
    assert (inputs["months_outside"], inputs["paid_this_year"]) == ("3+", "0")
    assert replays(found)


def test_months_count_in_a_row_over_employers_and_only_in_the_year() -> None:
    found, career = world(), Career(life=WANG)
    found.tell(WANG.registered(), career.begun("a", date(2025, 11, 3)), *months(career, "2025-11", "2025-12"))
    found.tell(*months(career, "2026-01", "2026-02"), career.ended("a", date(2026, 3, 1)))
    assert found.decide(career.claim(2025))
    assert found.decide(career.claim_id)
    for year in (2025, 2026):
        decision = of(found, career, year).decision
        assert decision is not None
        assert decision.made.explanation.reasons == ("NOT_LONG_ENOUGH",)
    found.tell(career.begun("b", date(2026, 3, 2)), *months(career, "2026-03", job="b"))
    decision = of(found, career).decision
    assert decision is not None
    assert decision.made.amount == 50_000
    assert replays(found)


def test_a_gap_breaks_the_row() -> None:
    found, career = world(), Career(life=WANG)
    found.tell(WANG.registered(), career.begun("a", MARCH), *months(career, "2026-03", "2026-04", "2026-06"))
    assert missing(of(found, career)) == ("months_outside",)
    found.tell(career.month("a", "2026-05", days=0))
    assert missing(of(found, career)) == ("months_outside",)
    found.tell(career.month("a", "2026-05", days=4))
    assert missing(of(found, career)) == ()


def test_work_in_the_province_is_no_work_outside_and_in_the_county_no_travel() -> None:
    found, career = world(), Career(life=WANG)
    found.tell(WANG.registered(), career.begun("home", MARCH, COUNTY))
    assert career.claim_id not in found.claims()
    found.tell(career.begun("a", MARCH, GUIYANG), career.month("a", "2026-03", region=GUIYANG))
    found.tell(career.ended("a", date(2026, 4, 1), GUIYANG))
    assert found.decide(career.claim_id)
    decision = of(found, career).decision
    assert decision is not None
    assert decision.made.explanation.reasons == ("NOT_OUTSIDE", "NOT_LONG_ENOUGH")


@pytest.mark.parametrize(
    ("region", "amount"), [(SHENZHEN, 150_000), (GUIYANG, 60_000), (BIJIE, 30_000)], ids=["far", "city", "county"]
)
def test_zones_are_paid_by_how_far_the_farthest_job_is(region: str, amount: int) -> None:
    text = text_of("140821-cross-province-travel").replace("140821", COUNTY)
    found, career = world(text), Career(life=WANG)
    found.tell(WANG.registered(), career.begun("a", MARCH, BIJIE), career.begun("b", MARCH, region))
    assert found.decide(career.claim_id)
    decision = of(found, career).decision
    assert decision is not None
    assert decision.made.amount == amount
    assert zone_of(COUNTY, COUNTY) is None


def test_income_and_distance_are_waited_for_until_an_office_has_seen_them() -> None:
    for name, expected, value in (
        ("520181", 50_000, ("income_last_year", 1_200_000)),
        ("620823", 60_000, ("distance_km", 1_600)),
        ("520500", 50_000, ("age", 34)),
    ):
        text = text_of(f"{name}-cross-province-travel").replace(name, COUNTY)
        found, career = world(text), Career(life=WANG)
        found.tell(WANG.registered(), career.begun("a", MARCH), *months(career, "2026-03", "2026-04", "2026-05"))
        assert missing(of(found, career)) == (value[0],)
        saw(found, career, *value)
        assert found.decide(career.claim_id)
        decision = of(found, career).decision
        assert decision is not None
        assert decision.made.amount == expected
        assert decision.made.explanation.inputs[-1].fact.startswith(("dossier-", "allowance-"))
        assert replays(found)


def test_a_share_of_the_pay_follows_the_months_up_to_the_cap() -> None:
    found, career = world(text_of("520526-cross-province-travel")), Career(life=WANG)
    found.tell(WANG.registered(), career.begun("a", MARCH), *months(career, "2026-03", "2026-04", "2026-05"))
    saw(found, career, "ticket", 48_000)
    assert found.decide(career.claim_id)
    amounts = []
    for month in ("2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-12"):
        found.tell(career.month("a", month, wage=800_000))
        decision = of(found, career).decision
        assert decision is not None
        amounts.append(decision.made.amount)
    assert amounts == [308_000, 388_000, 468_000, 548_000, 600_000, 600_000, 600_000]
    assert replays(found)


def test_a_ticket_that_was_seen_wrong_is_corrected_by_the_later_note() -> None:
    found, career = world(text_of("520526-cross-province-travel")), Career(life=WANG)
    found.tell(WANG.registered(), career.begun("a", MARCH), *months(career, "2026-03", "2026-04", "2026-05"))
    saw(found, career, "ticket", 48_000)
    found.decide(career.claim_id)
    saw(found, career, "ticket", 38_000, order=2)
    made = of(found, career).decision
    assert made is not None
    assert isinstance(made.made, ClaimAdjusted)
    assert (made.made.amount, made.made.difference) == (218_000, -10_000)


def test_what_was_claimed_too_late_is_refused_with_the_rule_and_its_last_day() -> None:
    text = text_of("520000-cross-province-travel").replace("claim: 365", "claim: 100")
    found, career = world(text), Career(life=WANG)
    found.tell(WANG.registered(), career.begun("a", MARCH))
    assert TODAY == NOW.date() == date(2026, 7, 1)
    assert found.decide(career.claim_id)
    claim = of(found, career)
    assert claim.decision is not None
    explanation = claim.decision.made.explanation
    assert explanation.reasons == ("CLAIMED_TOO_LATE",)
    assert [(each.name, each.value) for each in explanation.inputs] == [
        ("opened_on", "2026-07-01"),
        ("claim_by", "2026-06-17"),
    ]
    pack = version_of(found.states[RULE_PACK.stream("520000-cross-province-travel")], 1)
    sentences = [each.zh for each in explained(claim, pack, TODAY)]
    assert any("520000-cross-province-travel@1" in each for each in sentences)
    assert any("超过申领期限" in each for each in sentences)
    assert any("2026-06-17" in each for each in sentences)
    assert replays(found)


def test_what_was_claimed_on_the_last_day_is_in_time() -> None:
    text = text_of("520000-cross-province-travel").replace("claim: 365", "claim: 114")
    found, career = world(text), Career(life=WANG)
    found.tell(WANG.registered(), career.begun("a", MARCH), *months(career, "2026-03", "2026-04", "2026-05"))
    assert found.decide(career.claim_id)
    decision = of(found, career).decision
    assert decision is not None
    assert decision.made.outcome == "APPROVED"


CAREER = Career(life=WANG)
FACTS = (
    WANG.registered(),
    CAREER.begun("a", MARCH),
    *months(CAREER, "2026-03", "2026-04"),
    CAREER.month("a", "2026-04", days=9, wage=200_000),
    CAREER.ended("a", date(2026, 5, 1)),
    CAREER.begun("b", date(2026, 5, 4)),
    *months(CAREER, "2026-05", "2026-06", job="b", wage=500_000),
)


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(order=st.permutations(FACTS), seen=st.integers(0, len(FACTS)), known=st.integers(0, len(FACTS)))
def test_the_order_of_arrival_changes_no_travel(order: list[Published], seen: int, known: int) -> None:
    found = world(text_of("520526-cross-province-travel"))
    for n, each in enumerate(order):
        if n == seen and CAREER.claim_id in found.claims():
            saw(found, CAREER, "ticket", 70_000)
        if n == known:
            found.decide_all()
        found.tell(each)
    saw(found, CAREER, "ticket", 70_000, order=2)
    found.decide_all()
    decision = of(found, CAREER).decision
    assert decision is not None
    assert (decision.made.outcome, decision.made.amount) == ("APPROVED", 70_000 + 180_000)
    assert replays(found)
