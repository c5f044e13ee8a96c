"""Social insurance that an employer paid for somebody poor and hard to employ: opened by the hiring, counted in months,
no more than 36 for a person (R-SUB-37, R-ADD-02)."""

from collections.abc import Iterable, Sequence
from datetime import date

import pytest
from claim_facts import Life
from claim_world import TODAY, World
from eventcore.ids import same_id
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from job_facts import FACTORY, Career
from paid_claims import account, pay, pay_back, paying_world
from published import Published
from rule_packs import text_of
from subsidy.claims.events import ClaimAdjusted, ClaimDecided
from subsidy.claims.explaining import explained
from subsidy.claims.replaying import comes_out
from subsidy.money.payments.payee import Payee
from subsidy.packs.rule_pack import RULE_PACK, version_of

KIND, PACK, RATE = "SOCIAL_INSURANCE", "520000-social-insurance", 80_000
CAP = 12
"""Of tests in which months come back; the pack says 36."""
WANG = Life(groups=("POVERTY_LIFTED", "HARD_TO_EMPLOY"))
HIRED = date(2024, 1, 8)
AS_THEY_COME = (Phase.explicit, Phase.reuse, Phase.generate)


def claim_of(career: Career, job: str = "a") -> str:
    return same_id(KIND, career.life.worker, same_id("employment", career.life.name, job))


def months(career: Career, job: str, first: date, count: int, *, insured: bool = True) -> Iterable[Published]:
    numbers = range(12 * first.year + first.month - 1, 12 * first.year + first.month - 1 + count)
    return [career.month(job, f"{n // 12}-{n % 12 + 1:02}", insured=insured) for n in numbers]


def world(cap: int = 36) -> World:
    return paying_world(text_of(PACK).replace("months: 36", f"months: {cap}"))


def made(found: World, claim: str) -> ClaimDecided | ClaimAdjusted:
    found.decide(claim)
    decision = found.claims()[claim].decision
    assert decision is not None, found.claims()[claim].standing
    return decision.made


def missing(found: World, claim: str) -> Sequence[str]:
    return getattr(found.claims()[claim].standing, "missing", ())


def replays(found: World) -> bool:
    pack = version_of(found.states[RULE_PACK.stream(PACK)], 1)
    decided = (fact.event for fact in found.facts if isinstance(fact.event, ClaimDecided | ClaimAdjusted))
    return all(comes_out(each, pack) for each in decided if each.kind == KIND)


def test_a_hiring_opens_a_claim_that_waits_for_insured_months_and_pays_the_employer_for_each() -> None:
    found, career = world(), Career(life=WANG)
    found.tell(WANG.registered(), career.begun("a", HIRED))
    claim = claim_of(career)
    assert missing(found, claim) == ("months_insured",)
    found.tell(*months(career, "a", HIRED, 1, insured=False))
    assert not found.decide(claim)
    found.tell(*months(career, "a", HIRED.replace(month=2), 2))
    first = made(found, claim)
    assert (first.outcome, first.amount) == ("APPROVED", 2 * RATE)
    assert (first.payee, first.region) == (Payee(kind="ORGANISATION", id=FACTORY), "520526")
    found.tell(*months(career, "a", HIRED.replace(month=4), 1))
    assert made(found, claim).amount == 3 * RATE
    assert replays(found)


def test_the_decision_says_its_months_and_of_which_the_cap_leaves_them() -> None:
    found, career = world(), Career(life=WANG)
    found.tell(WANG.registered(), career.begun("a", HIRED), *months(career, "a", HIRED, 30))
    explanation = made(found, claim_of(career)).explanation
    assert [(each.rule, each.expression, each.result) for each in explanation.steps] == [
        ("months", "min(30, 36 - 0)", 30),
        ("subsidy", f"30 * {RATE}", 30 * RATE),
    ]
    sentences = list(explained(found.claims()[claim_of(career)], None, TODAY))
    assert any("计算（月）：min(30, 36 - 0) = 30。" in each.zh for each in sentences)
    assert any("months with social insurance paid: 30+" in each.en for each in sentences)


@pytest.mark.parametrize("groups", [("POVERTY_LIFTED",), ("HARD_TO_EMPLOY",), ("HARD_TO_EMPLOY", "LAND_LOST")])
def test_one_of_the_two_is_not_enough(groups: tuple[str, ...]) -> None:
    life = Life(groups=groups)
    found, career = world(), Career(life=life)
    found.tell(life.registered(), career.begun("a", HIRED), *months(career, "a", HIRED, 3))
    if "HARD_TO_EMPLOY" in groups:
        assert made(found, claim_of(career)).explanation.reasons == ("NOT_IN_GROUP",)
    else:
        assert claim_of(career) not in found.claims()


def test_what_counts_is_the_day_of_hiring() -> None:
    life = Life(groups=("POVERTY_LIFTED",))
    found, career = world(), Career(life=life)
    found.tell(life.registered(), life.joins("HARD_TO_EMPLOY"))
    found.tell(career.begun("before", date(2023, 12, 4)), *months(career, "before", HIRED, 3))
    found.tell(career.begun("after", HIRED), *months(career, "after", HIRED, 1))
    assert made(found, claim_of(career, "before")).outcome == "REFUSED"
    assert made(found, claim_of(career, "after")).amount == RATE


def test_thirty_six_months_are_all_over_all_employers() -> None:
    found, career = world(), Career(life=WANG)
    found.tell(WANG.registered(), career.begun("a", HIRED), *months(career, "a", HIRED, 30))
    assert made(found, claim_of(career)).amount == 30 * RATE
    later = date(2025, 8, 4)
    found.tell(career.begun("b", later), *months(career, "b", later, 8))
    second = made(found, claim_of(career, "b"))
    assert (second.amount, second.explanation.steps[0].expression) == (6 * RATE, "min(8, 36 - 30)")
    third = date(2026, 5, 6)
    found.tell(career.begun("c", third), *months(career, "c", third, 1))
    assert made(found, claim_of(career, "c")).explanation.reasons == ("NOTHING_OWED",)
    assert replays(found)


def test_two_ids_of_one_person_have_thirty_six_months_together() -> None:
    again = Life(name="wang-again", groups=("MONITORED", "HARD_TO_EMPLOY"))
    found, first, second = world(), Career(life=WANG), Career(life=again)
    found.tell(WANG.registered(), again.registered(), WANG.is_same_as(again))
    found.tell(first.begun("a", HIRED), *months(first, "a", HIRED, 20))
    found.tell(second.begun("b", HIRED), *months(second, "b", HIRED, 20))
    amounts = [made(found, claim_of(first)).amount, made(found, claim_of(second, "b")).amount]
    assert sorted(amounts) == [16 * RATE, 20 * RATE]


def test_months_are_free_for_others_when_their_money_is_back_and_not_before() -> None:
    found, career = world(CAP), Career(life=WANG)
    first, second = claim_of(career), claim_of(career, "b")
    found.tell(WANG.registered(), career.begun("a", HIRED), *months(career, "a", HIRED, CAP))
    assert made(found, first).amount == CAP * RATE
    pay(found, first)
    found.tell(career.begun("b", HIRED), *months(career, "b", HIRED, CAP))
    assert made(found, second).amount == 0
    found.tell(*months(career, "a", HIRED, 5, insured=False))
    assert (made(found, first).amount, made(found, second).amount) == (7 * RATE, 0)
    pay_back(found, first, 2 * RATE)
    assert made(found, second).amount == 0, "some of it is still out"
    pay_back(found, first)
    assert (made(found, first).amount, made(found, second).amount) == (7 * RATE, 5 * RATE)
    assert replays(found)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("insured", "not insured", "decide", "pay", "pay back")),
        st.sampled_from(("a", "b", "c")),
        st.integers(1, 12),
        st.integers(1, 9),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None, phases=AS_THEY_COME)
@given(steps=STEPS)
def test_never_are_more_months_granted_or_out_than_the_cap(steps: list[tuple[str, str, int, int]]) -> None:
    found, career = world(CAP), Career(life=WANG)
    found.tell(WANG.registered(), *(career.begun(job, HIRED) for job in ("a", "b", "c")))
    for what, job, month, count in steps:
        claim = claim_of(career, job)
        match what:
            case "decide":
                found.decide(claim)
            case "pay":
                pay(found, claim)
            case "pay back":
                pay_back(found, claim)
            case _:
                found.tell(*months(career, job, HIRED.replace(month=month), count, insured=what == "insured"))
        claims = found.claims()
        granted = sum(each.decision.made.amount for each in claims.values() if each.decision)
        paid = sum(each.paid for each in (account(found, claim) for claim in claims) if each)
        assert max(granted, paid) <= CAP * RATE
    assert not any(each.room and each.room.turn for each in found.claims().values()), "nobody waits for ever"


CAREER = Career(life=WANG)
FACTS = (
    WANG.registered(),
    CAREER.begun("a", HIRED),
    *months(CAREER, "a", HIRED, 3),
    CAREER.month("a", "2024-02", insured=False),
    CAREER.ended("a", date(2024, 4, 1)),
)


@settings(max_examples=40, deadline=None, phases=AS_THEY_COME)
@given(order=st.permutations(FACTS), known=st.integers(0, len(FACTS)))
def test_the_order_of_arrival_changes_no_month(order: list[Published], known: int) -> None:
    found = world()
    for n, each in enumerate(order):
        if n == known:
            found.decide_all()
        found.tell(each)
    found.decide_all()
    decided = made(found, claim_of(CAREER))
    assert (decided.outcome, decided.amount) == ("APPROVED", 2 * RATE)
    assert replays(found)
