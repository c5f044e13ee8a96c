"""Another pack over past decisions: who gains, who loses, what each fund pays."""

from rule_packs import changed, shipped
from subsidy.packs.pack import Pack
from subsidy.packs.simulation import Change, OfFund, Past, Summary, rerun

LIVING = shipped("520000-living").rules
TWENTY = {"groups": "MONITORED", "completed": "true", "attended_days": "20"}


def past(claim: str, amount: int, **inputs: str) -> Past:
    return Past(claim=claim, fund="EMPLOYMENT_SUBSIDY", amount=amount, inputs={**TWENTY, **inputs})


def test_the_same_pack_changes_nothing() -> None:
    found = rerun(Pack(1, LIVING), past("c1", 80_000))
    assert not found.differs
    assert found.after == 80_000


def test_sums_say_who_gains_who_loses_and_what_each_fund_pays() -> None:
    other = Pack(1, changed(changed(LIVING, ("amount", 1, "rate"), 5_000), ("amount", 0, "of", 1), 30))
    summary = Summary()
    for each in (
        past("c1", 80_000),
        past("c2", 240_000, attended_days="60"),
        past("c3", 0, groups="LAND_LOST"),
    ):
        summary.count(rerun(other, each))
    assert (summary.gain, summary.lose, summary.same, summary.undecided) == (1, 1, 1, 0)
    assert summary.funds == {"EMPLOYMENT_SUBSIDY": OfFund(before=320_000, after=100_000 + 150_000)}


def test_what_another_claim_was_reserved_for_gains_nothing_and_what_was_granted_may() -> None:
    other = Pack(1, changed(LIVING, ("amount", 1, "rate"), 5_000))
    held = rerun(other, past("c1", 0, reservation="520000/c2"))
    assert not held.differs
    assert rerun(other, past("c2", 80_000, reservation="GRANTED")).after == 100_000


def test_a_pack_that_asks_for_more_leaves_the_claim_undecided() -> None:
    other = Pack(1, changed(LIVING, ("conditions", 1, "test"), {"op": "is", "input": "insured", "value": True}))
    found = rerun(other, past("c1", 80_000))
    assert found == Change(
        claim="c1", fund="EMPLOYMENT_SUBSIDY", before=80_000, after=None, fund_after=None, missing=("insured",)
    )
    summary = Summary()
    summary.count(found)
    assert (summary.undecided, summary.funds) == (1, {})


def test_the_same_amount_from_another_fund_is_a_change() -> None:
    other = Pack(1, changed(LIVING, ("sources", 0, "fund"), "LOCAL_MATCHING"))
    found = rerun(other, past("c1", 80_000))
    assert found.differs
    summary = Summary()
    summary.count(found)
    assert summary.same == 1
    assert summary.funds == {"EMPLOYMENT_SUBSIDY": OfFund(before=80_000), "LOCAL_MATCHING": OfFund(after=80_000)}
