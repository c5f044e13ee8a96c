"""Funds: earmarked, never over what was allocated, frozen by what is unexplained."""

from dataclasses import replace
from datetime import date
from typing import Any

from eventcore import Post, Release, Seen, Take, fold
from eventcore.testing import given
from payment_batches import APPROVED, FUND, HASH, PROPOSED, REMOVED
from subsidy.money.batches.batch import FROZEN, PAYMENT_BATCH, RELEASED
from subsidy.money.batches.refusals import BatchNotApproved
from subsidy.money.funds import refusals
from subsidy.money.funds.commands import AllocateMoney, ExplainItem, FreeCash, FreezeFund, FundBatch, UnfreezeFund
from subsidy.money.funds.events import (
    BatchFunded,
    BatchHeld,
    CashFreed,
    FundAllocated,
    FundFrozen,
    FundUnfrozen,
    Item,
    ItemExplained,
)
from subsidy.money.funds.fund import FUND as STREAM

DAY, NEXT = date(2026, 3, 2), date(2026, 3, 3)
BY: dict[str, Any] = {"official": "fu", "organisation": "o"}
ALLOCATE = AllocateMoney(fund=FUND, amount=306, document="7号", today=DAY, **BY)
ALLOCATED = FundAllocated(fund=FUND, amount=306, document="7号", allocated_on=DAY, **BY)
RELEASE = FundBatch(batch="b", hash=HASH, today=DAY)
FUNDED = BatchFunded(fund=FUND, batch="b", hash=HASH, amount=306, file=f"PAY-{FUND}-20260302-001", funded_on=DAY)
ITEM = Item(key="r1", cause="UNEXPLAINED", amount=70, payment="p")
FREEZE = FreezeFund(fund=FUND, cause="bank-day-20260302/1", items=(ITEM,), official="", today=NEXT)
FROZE = FundFrozen(fund=FUND, cause="bank-day-20260302/1", items=(ITEM,), official="", frozen_on=NEXT)
EXPLAINED = ItemExplained(fund=FUND, key="r1", cause="UNEXPLAINED", amount=70, document="8号", **BY)


def seen(*events: Any, released: str = "") -> Seen:
    """The batch as it stands, and who holds its guard."""
    holders = {(RELEASED, "b"): released} if released else {}
    return Seen(states={(PAYMENT_BATCH.category, "b"): fold(PAYMENT_BATCH, events)}, holders=holders)


APPROVED_BATCH = seen(PROPOSED, APPROVED)


def test_money_is_allocated_and_reduced_but_never_below_what_is_used() -> None:
    given(STREAM).when(ALLOCATE).then(ALLOCATED)
    less, too_little = replace(ALLOCATE, amount=-300), replace(ALLOCATE, amount=-1)
    given(STREAM, ALLOCATED).when(less).then(replace(ALLOCATED, amount=-300))
    given(STREAM, ALLOCATED, FUNDED).when(too_little).rejected(refusals.FundWouldBeShort)
    given(STREAM).when(too_little).rejected(refusals.FundWouldBeShort)


def test_an_approved_batch_is_released_once_into_the_next_file_of_the_day() -> None:
    given(STREAM, ALLOCATED).having_seen(APPROVED_BATCH).when(RELEASE).then(FUNDED)
    released = seen(PROPOSED, APPROVED, released=FUNDED.file)
    given(STREAM, ALLOCATED, FUNDED).having_seen(released).when(RELEASE).then()
    assert list(STREAM.effects(STREAM.initial, FUNDED)) == [Take(RELEASED, "b", holder=FUNDED.file)]
    more = replace(ALLOCATED, amount=1_000)
    given(STREAM, more, FUNDED).having_seen(APPROVED_BATCH).when(RELEASE).then(
        replace(FUNDED, file=f"PAY-{FUND}-20260302-002")
    )
    given(STREAM, more, FUNDED).having_seen(APPROVED_BATCH).when(replace(RELEASE, today=NEXT)).then(
        replace(FUNDED, file=f"PAY-{FUND}-20260303-001", funded_on=NEXT)
    )


def test_what_was_edited_after_the_approval_is_not_released() -> None:
    edited = seen(PROPOSED, APPROVED, REMOVED)
    given(STREAM, ALLOCATED).having_seen(edited).when(RELEASE).rejected(BatchNotApproved)
    given(STREAM, ALLOCATED).having_seen(seen(PROPOSED)).when(RELEASE).rejected(BatchNotApproved)


def test_two_batches_do_not_take_the_last_money_both() -> None:
    short = BatchHeld(fund=FUND, batch="b", hash=HASH, reason="SHORT")
    given(STREAM, replace(ALLOCATED, amount=305)).having_seen(APPROVED_BATCH).when(RELEASE).then(short)
    given(STREAM, ALLOCATED, FUNDED).having_seen(APPROVED_BATCH).when(RELEASE).then(short)
    freed = CashFreed(fund=FUND, amount=306, because="payment-c/5")
    given(STREAM, ALLOCATED, FUNDED).when(FreeCash(amount=306, because="payment-c/5")).then(freed)
    again = replace(FUNDED, file=f"PAY-{FUND}-20260302-002")
    given(STREAM, ALLOCATED, FUNDED, freed).having_seen(APPROVED_BATCH).when(RELEASE).then(again)


def test_a_frozen_fund_holds_every_batch() -> None:
    held = BatchHeld(fund=FUND, batch="b", hash=HASH, reason="FROZEN")
    given(STREAM, ALLOCATED).when(FREEZE).then(FROZE)
    given(STREAM, ALLOCATED, FROZE).having_seen(APPROVED_BATCH).when(RELEASE).then(held)
    given(STREAM, ALLOCATED, FROZE).when(FREEZE).then()


def test_a_frozen_fund_pays_again_when_all_is_explained_and_another_person_says_so() -> None:
    explain = ExplainItem(key="r1", document="8号", **BY)
    unfreeze = UnfreezeFund(official="rui", organisation="o")
    given(STREAM, ALLOCATED, FROZE).when(unfreeze).rejected(refusals.ItemsOpen)
    given(STREAM, ALLOCATED, FROZE).when(replace(explain, key="r2")).rejected(refusals.NothingToExplain)
    given(STREAM, ALLOCATED, FROZE).when(explain).then(EXPLAINED)
    given(STREAM, ALLOCATED, FROZE, EXPLAINED).when(UnfreezeFund(**BY)).rejected(refusals.OwnExplanation)
    unfrozen = FundUnfrozen(fund=FUND, official="rui", organisation="o")
    given(STREAM, ALLOCATED, FROZE, EXPLAINED).when(unfreeze).then(unfrozen)
    given(STREAM, ALLOCATED).when(unfreeze).rejected(refusals.FundNotFrozen)


def test_what_nobody_can_explain_lies_in_suspense_until_somebody_does() -> None:
    suspense = [Post(f"{FUND}/BUDGET", -70), Post(f"{FUND}/SUSPENSE", 70)]
    assert list(STREAM.effects(STREAM.initial, FROZE)) == [Take(FROZEN, FUND, holder=FUND), *suspense]
    back = [Post(f"{FUND}/BUDGET", 70), Post(f"{FUND}/SUSPENSE", -70)]
    assert list(STREAM.effects(STREAM.initial, EXPLAINED)) == back
    unfrozen = FundUnfrozen(fund=FUND, official="rui", organisation="o")
    assert list(STREAM.effects(STREAM.initial, unfrozen)) == [Release(FROZEN, FUND)]
    missing = replace(FROZE, items=(replace(ITEM, cause="MISSING"),))
    assert list(STREAM.effects(STREAM.initial, missing)) == [Take(FROZEN, FUND, holder=FUND)]
