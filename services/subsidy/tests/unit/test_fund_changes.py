"""A claim stays with the fund of its first grant: what is paid further, owed back and paid back moves in that fund,
though the rules would pay it from another by now (R-SUB-01)."""

from capped import WANG, attended, claim_of, completed
from claim_world import World
from hypothesis import given, settings
from hypothesis import strategies as st
from paid_claims import account, pay, pay_back, paying_world
from rule_packs import text_of

FIRST, SECOND = "EMPLOYMENT_SUBSIDY", "LOCAL_MATCHING"
TEXT = text_of("520000-living").replace(
    "  - {fund: EMPLOYMENT_SUBSIDY}",
    f"  - {{fund: {FIRST}, when: {{op: at_least, input: attended_days, number: 10}}}}\n  - {{fund: {SECOND}}}",
)
CLAIM = claim_of(1)
AT_THE_BANK = ("PAYABLE", "IN_TRANSIT")
"""What a file carries from one to the other, here without the file."""


def of_twenty_days() -> World:
    """Decided from the first fund; of less than ten days the rules say the second."""
    found = paying_world(TEXT)
    found.tell(WANG.registered(), completed(1))
    assert found.decide(CLAIM)
    return found


def balances(found: World, fund: str) -> dict[str, int]:
    stages = {name.split("/")[1]: amount for name, amount in found.accounts.items() if name.startswith(f"{fund}/")}
    return {name: amount for name, amount in stages.items() if amount and name not in AT_THE_BANK}


def test_what_was_paid_is_owed_back_to_the_fund_that_paid_it() -> None:
    found = of_twenty_days()
    pay(found, CLAIM)
    found.tell(attended(1, 5))
    decision = found.claims()[CLAIM].decision
    assert decision is not None
    assert (decision.made.amount, decision.made.fund) == (20_000, FIRST)
    assert balances(found, FIRST) == {"BUDGET": -20_000, "PAID": 80_000, "OWED_BACK": -60_000}
    pay_back(found, CLAIM)
    assert balances(found, FIRST) == {"BUDGET": -20_000, "PAID": 80_000, "RETURNED": -60_000}
    assert balances(found, SECOND) == {}


def test_what_is_paid_further_comes_from_the_fund_that_paid_before() -> None:
    found = of_twenty_days()
    found.tell(attended(1, 5))
    pay(found, CLAIM)
    found.tell(attended(1, 9, version=8))
    pay(found, CLAIM)
    payments = account(found, CLAIM)
    assert payments is not None
    assert [(each.amount, each.fund) for each in payments.executed] == [(20_000, FIRST), (16_000, FIRST)]
    assert balances(found, FIRST) == {"BUDGET": -36_000, "PAID": 36_000}
    assert balances(found, SECOND) == {}


def test_a_refused_claim_has_no_fund_yet() -> None:
    found = paying_world(TEXT)
    stranger = WANG.but(groups=())
    found.tell(stranger.registered(), completed(1))
    assert found.decide(CLAIM)
    found.tell(attended(1, 5), WANG.joins("MONITORED"))
    decision = found.claims()[CLAIM].decision
    assert decision is not None
    assert (decision.made.amount, decision.made.fund) == (20_000, SECOND)
    pay(found, CLAIM)
    assert balances(found, SECOND) == {"BUDGET": -20_000, "PAID": 20_000}
    assert balances(found, FIRST) == {}


STEPS = st.lists(st.tuples(st.sampled_from(("attend", "pay", "pay back")), st.integers(1, 60)), max_size=25)


@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_no_posting_ever_touches_the_other_fund(steps: list[tuple[str, int]]) -> None:
    found = of_twenty_days()
    for version, (what, days) in enumerate(steps, 10):
        match what:
            case "attend":
                found.tell(attended(1, days, version=version))
            case "pay":
                pay(found, CLAIM)
            case _:
                pay_back(found, CLAIM)
    payments, decision = account(found, CLAIM), found.claims()[CLAIM].decision
    assert payments is not None
    assert decision is not None
    assert balances(found, SECOND) == {}
    assert sum(found.accounts.values()) == 0
    assert found.accounts[f"{FIRST}/BUDGET"] == -decision.made.amount
    left = sum(found.accounts[f"{FIRST}/{stage}/520526"] for stage in ("PAID", "RETURNED"))
    assert left == payments.paid
