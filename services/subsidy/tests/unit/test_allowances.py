"""What a person gets of a kind, over all claims: one claim after another takes of it, and never two the same room."""

from dataclasses import replace

from capped import CAP, TEXT, WANG, attended, claim_of, completed
from claim_facts import Life
from claim_world import World
from eventcore.testing import given
from hypothesis import Phase, settings
from hypothesis import given as examples
from hypothesis import strategies as st
from paid_claims import account, pay, pay_back, paying_world
from subsidy.claims.allowances.allowance import ALLOWANCE, AskTurn, TakeAmount, allowance_key
from subsidy.claims.allowances.events import AmountTaken, Taker, TurnAsked, TurnGiven
from subsidy.claims.state import Room


def taker(claim: str, year: int = 2026) -> Taker:
    return Taker(claim=claim, kind="LIVING", worker="w1", region="520526", year=year)


A, B, C = taker("a"), taker("b"), taker("c", 2027)


def asked(who: Taker) -> TurnAsked:
    return TurnAsked(person="w1", taker=who)


def turn(who: Taker, this_year: int, in_all: int) -> TurnGiven:
    return TurnGiven(person="w1", taker=who, this_year=this_year, in_all=in_all)


def took(who: Taker, amount: int, *, leaves: bool = False) -> AmountTaken:
    return AmountTaken(person="w1", claim=who.claim, year=who.year, amount=amount, leaves=leaves)


def ask(who: Taker) -> AskTurn:
    return AskTurn(person="w1", taker=who)


def take(who: Taker, amount: int, *, leaves: bool = False) -> TakeAmount:
    return TakeAmount(person="w1", claim=who.claim, year=who.year, amount=amount, leaves=leaves)


def test_the_second_has_its_turn_when_the_first_has_said_what_it_takes() -> None:
    given(ALLOWANCE).when(ask(A)).then(asked(A), turn(A, 0, 0))
    given(ALLOWANCE, asked(A), turn(A, 0, 0)).when(ask(B)).then(asked(B))
    history = (asked(A), turn(A, 0, 0), asked(B))
    given(ALLOWANCE, *history).when(take(A, 500)).then(took(A, 500), turn(B, 500, 500))


def test_another_year_counts_in_all_only() -> None:
    given(ALLOWANCE, asked(A), turn(A, 0, 0), took(A, 500)).when(ask(C)).then(asked(C), turn(C, 0, 500))


def test_less_is_said_at_any_time_and_more_only_in_turn() -> None:
    history = (asked(A), turn(A, 0, 0), took(A, 500), asked(B), turn(B, 500, 500), took(B, 100))
    given(ALLOWANCE, *history).when(take(B, 101)).then()
    given(ALLOWANCE, *history).when(take(B, 100)).then()
    given(ALLOWANCE, *history).when(take(A, 200)).then(took(A, 200), turn(B, 200, 200))
    given(ALLOWANCE, *history).when(take(B, 0)).then(took(B, 0))


def test_who_leaves_takes_nothing_and_has_no_turn_any_more() -> None:
    history = (asked(A), turn(A, 0, 0), took(A, 500), asked(B), turn(B, 500, 500), took(B, 0))
    left = took(A, 0, leaves=True)
    given(ALLOWANCE, *history).when(take(A, 0, leaves=True)).then(left, turn(B, 0, 0))
    given(ALLOWANCE, *history, left, turn(B, 0, 0), took(B, 0)).when(take(A, 0)).then()


def amounts(found: World, *numbers: int) -> list[int]:
    made = [found.claims()[claim_of(n)].decision for n in numbers]
    return [each.made.amount if each else -1 for each in made]


def a_year_of_three_classes() -> World:
    found = paying_world(TEXT)
    found.tell(WANG.registered(), completed(1), completed(2), completed(3))
    found.decide_all()
    return found


def test_the_claims_of_a_year_get_no_more_than_its_cap() -> None:
    found = a_year_of_three_classes()
    assert sorted(amounts(found, 1, 2, 3)) == [40_000, 80_000, 80_000]
    assert sum(amounts(found, 1, 2, 3)) == CAP
    found.tell(completed(4, year=2025))
    found.decide_all()
    assert amounts(found, 4) == [80_000]


def test_claims_that_nobody_has_decided_yet_do_not_count_on_the_same_room() -> None:
    found = paying_world(TEXT)
    found.tell(WANG.registered(), completed(1), completed(2), completed(3))
    for n in (3, 1, 2):
        assert found.decide(claim_of(n))
    assert sum(amounts(found, 1, 2, 3)) == CAP


def test_money_that_is_back_is_room_for_others_and_not_before() -> None:
    found = a_year_of_three_classes()
    for n in (1, 2, 3):
        pay(found, claim_of(n))
    found.tell(attended(1, 5))
    assert amounts(found, 1, 2, 3) == [20_000, 80_000, 40_000]
    pay_back(found, claim_of(1), 50_000)
    assert amounts(found, 1, 2, 3) == [20_000, 80_000, 80_000]
    pay(found, claim_of(3))
    assert paid(found) == 190_000
    pay_back(found, claim_of(1))
    assert paid(found) == 180_000


def test_what_was_decided_and_never_left_is_room_at_once() -> None:
    found = a_year_of_three_classes()
    found.tell(attended(1, 5))
    assert amounts(found, 1, 2, 3) == [20_000, 80_000, 80_000]


def test_a_claim_that_comes_to_more_takes_only_what_is_left() -> None:
    found = a_year_of_three_classes()
    found.tell(attended(1, 40))
    assert amounts(found, 1, 2, 3) == [80_000, 80_000, 40_000]
    found.tell(attended(3, 2))
    assert amounts(found, 1, 2, 3) == [112_000, 80_000, 8_000]


def test_two_workers_who_are_one_have_one_allowance() -> None:
    found, twin = paying_world(TEXT), Life(name="wang-again", days=30)
    found.tell(WANG.registered(), completed(1), completed(2), twin.registered(), twin.completed())
    found.decide_all()
    assert found.claims()[twin.claim("LIVING")].decision is not None
    found.tell(WANG.is_same_as(twin))
    second = found.claims()[twin.claim("LIVING")].decision
    assert second is not None
    assert (second.made.outcome, second.made.amount) == ("APPROVED", CAP - 160_000)
    assert allowance_key("LIVING", WANG.worker) != allowance_key("LIVING", twin.worker)


STEPS = st.lists(
    st.tuples(st.sampled_from(("end", "attend", "decide", "pay", "pay back")), st.integers(1, 4), st.integers(1, 60)),
    max_size=30,
)


@settings(max_examples=80, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@examples(steps=STEPS)
def test_never_is_more_granted_or_out_than_the_cap(steps: list[tuple[str, int, int]]) -> None:
    found = paying_world(TEXT)
    found.tell(WANG.registered())
    for version, (what, n, days) in enumerate(steps, 10):
        match what:
            case "end":
                found.tell(completed(n, days))
            case "attend":
                found.tell(replace(attended(n, days), version=version))
            case "decide" if claim_of(n) in found.claims():
                found.decide(claim_of(n))
            case "pay":
                pay(found, claim_of(n))
            case "pay back":
                pay_back(found, claim_of(n))
            case _:
                pass
        assert granted(found) <= CAP
        assert paid(found) <= CAP
    assert not any(each.turn for each in rooms(found)), "nobody waits for ever"


def granted(found: World) -> int:
    return sum(each.decision.made.amount for each in found.claims().values() if each.decision)


def paid(found: World) -> int:
    """With the payee by now."""
    accounts = (account(found, claim) for claim in found.claims())
    return sum(each.paid for each in accounts if each)


def rooms(found: World) -> list[Room]:
    return [each.room for each in found.claims().values() if each.room]
