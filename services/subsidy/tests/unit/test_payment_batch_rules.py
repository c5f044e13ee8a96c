"""Payment batches: approved over their hash by somebody else, and by nobody after an edit."""

from dataclasses import replace
from typing import Any

import pytest
from eventcore import Release, Seen, Take
from eventcore.testing import given
from payment_batches import (
    APPROVE,
    APPROVED,
    CANCEL,
    FUND,
    GONE,
    HASH,
    LINES,
    PROPOSE,
    PROPOSED,
    REMOVE,
    REMOVED,
    REST,
    line,
)
from subsidy.money.batches import refusals
from subsidy.money.batches.batch import FROZEN, IN_BATCH, PAYMENT_BATCH, RELEASED, hash_of
from subsidy.money.batches.commands import VoidApproval
from subsidy.money.batches.events import ApprovalVoided
from subsidy.money.payments.payee import Payee


def held(scope: str, key: str, holder: str = "x") -> Seen:
    return Seen(holders={(scope, key): holder})


def test_a_batch_is_proposed_with_its_hash_and_holds_its_orders() -> None:
    given(PAYMENT_BATCH).when(PROPOSE).then(PROPOSED)
    taken = list(PAYMENT_BATCH.effects(PAYMENT_BATCH.initial, PROPOSED))
    assert taken == [Take(IN_BATCH, each.payment, holder="b") for each in LINES]


def test_an_order_is_in_one_batch() -> None:
    given(PAYMENT_BATCH).having_seen(held(IN_BATCH, "p2")).when(PROPOSE).rejected(refusals.OrderInAnotherBatch)


def test_a_batch_has_orders_and_not_too_many() -> None:
    given(PAYMENT_BATCH).when(replace(PROPOSE, lines=())).rejected(refusals.NothingDue)
    many = tuple(line(n) for n in range(501))
    given(PAYMENT_BATCH).when(replace(PROPOSE, lines=many)).rejected(refusals.NothingDue)


def test_a_frozen_fund_has_no_next_batch() -> None:
    frozen = held(FROZEN, FUND)
    given(PAYMENT_BATCH).having_seen(frozen).when(PROPOSE).rejected(refusals.FundIsFrozen)
    given(PAYMENT_BATCH, PROPOSED).having_seen(frozen).when(APPROVE).rejected(refusals.FundIsFrozen)


def test_another_person_approves_exactly_these_lines() -> None:
    given(PAYMENT_BATCH, PROPOSED).when(APPROVE).then(APPROVED)
    given(PAYMENT_BATCH, PROPOSED, APPROVED).when(APPROVE).then()
    given(PAYMENT_BATCH, PROPOSED).when(replace(APPROVE, hash=REST)).rejected(refusals.HashDiffers)


@pytest.mark.parametrize(("who", "refusal"), [("fu", refusals.OwnBatch), ("han", refusals.OwnDecision)])
def test_who_proposed_or_decided_does_not_release(who: str, refusal: Any) -> None:
    given(PAYMENT_BATCH, PROPOSED).when(replace(APPROVE, official=who)).rejected(refusal)


def test_who_edited_does_not_release() -> None:
    command = replace(APPROVE, hash=REST, official="li")
    given(PAYMENT_BATCH, PROPOSED, REMOVED).when(command).rejected(refusals.OwnBatch)


def test_an_edit_voids_the_approval() -> None:
    given(PAYMENT_BATCH, PROPOSED, APPROVED).when(REMOVE).then(REMOVED)
    given(PAYMENT_BATCH, PROPOSED, APPROVED, REMOVED).when(APPROVE).rejected(refusals.HashDiffers)
    again = replace(APPROVE, hash=REST)
    approved = replace(APPROVED, hash=REST, amount=205)
    given(PAYMENT_BATCH, PROPOSED, APPROVED, REMOVED).when(again).then(approved)
    assert list(PAYMENT_BATCH.effects(PAYMENT_BATCH.initial, REMOVED)) == [Release(IN_BATCH, "p1")]


def test_taking_out_what_is_not_in_it_changes_nothing() -> None:
    given(PAYMENT_BATCH, PROPOSED).when(replace(REMOVE, payments=frozenset({"px"}))).then()
    everything = replace(REMOVE, payments=frozenset({"p1", "p2", "p3"}))
    given(PAYMENT_BATCH, PROPOSED).when(everything).rejected(refusals.NothingDue)


def test_what_was_released_is_never_changed() -> None:
    for command in (REMOVE, CANCEL, APPROVE):
        batch = given(PAYMENT_BATCH, PROPOSED, APPROVED).having_seen(held(RELEASED, "b"))
        batch.when(command).rejected(refusals.BatchReleased)


def test_a_fund_that_cannot_pay_voids_the_approval_that_it_was_given() -> None:
    voided = ApprovalVoided(batch="b", reason="SHORT")
    given(PAYMENT_BATCH, PROPOSED, APPROVED).when(VoidApproval(hash=HASH, reason="SHORT")).then(voided)
    given(PAYMENT_BATCH, PROPOSED, APPROVED, voided).when(APPROVE).then(APPROVED)
    given(PAYMENT_BATCH, PROPOSED, APPROVED, REMOVED).when(VoidApproval(hash=HASH, reason="SHORT")).then()


def test_a_cancelled_batch_frees_its_orders_for_good() -> None:
    given(PAYMENT_BATCH, PROPOSED, APPROVED).when(CANCEL).then(GONE)
    given(PAYMENT_BATCH, PROPOSED, GONE).when(CANCEL).then()
    given(PAYMENT_BATCH, PROPOSED, GONE).when(APPROVE).rejected(refusals.BatchIsCancelled)
    given(PAYMENT_BATCH).when(APPROVE).rejected(refusals.BatchUnknown)


def test_the_hash_is_over_who_is_paid_how_much_for_what() -> None:
    assert hash_of(FUND, reversed(LINES)) == HASH
    for changed in (
        {"payment": "q"},
        {"claim": "q"},
        {"amount": 1},
        {"payee": Payee(kind="ORGANISATION", id="w1")},
        {"payee": Payee(kind="WORKER", id="q")},
    ):
        assert hash_of(FUND, (line(1, **changed), *LINES[1:])) != HASH
    assert hash_of("LOCAL_MATCHING", LINES) != HASH
