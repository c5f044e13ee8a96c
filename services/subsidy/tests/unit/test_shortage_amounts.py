"""A rule may pay more for an occupation that is urgently short in the worker's county on that day (R-TRN-25)."""

from datetime import date

import pytest
from claim_facts import Life
from claim_world import World
from rule_packs import text_of
from subsidy.packs.reading import PackInvalid

EVERYWHERE = '      - {when: {level: ["5"]}, amount: 120000}\n'
SHORT = '      - {when: {level: ["5"], occupation_demand: [SHORTAGE]}, amount: 156000}\n'
PACK = text_of("520000-training").replace(EVERYWHERE, SHORT + EVERYWHERE)


@pytest.mark.parametrize(
    ("issued_on", "amount", "demand"),
    [(date(2026, 4, 2), 156_000, "SHORTAGE"), (date(2025, 4, 2), 120_000, "ORDINARY")],
    ids=["listed", "before it was listed"],
)
def test_what_is_short_on_the_day_of_the_certificate_is_paid_more(issued_on: date, amount: int, demand: str) -> None:
    found, life = World(), Life(issued_on=issued_on)
    found.publish(PACK)
    found.commit()
    found.tell(life.registered(), life.completed(), life.issued())
    claim = life.claim("TRAINING")
    assert found.decide(claim)
    decision = found.claims()[claim].decision
    assert decision is not None
    inputs = {each.name: (each.value, each.fact) for each in decision.made.explanation.inputs}
    assert decision.made.amount == amount
    assert inputs["occupation_demand"] == (demand, life.issued().id)


def test_a_word_that_is_no_degree_of_demand_is_refused() -> None:
    with pytest.raises(PackInvalid, match=r"amount\.0\S*: code_unknown"):
        World().publish(PACK.replace("[SHORTAGE]", "[SCARCE]"))
