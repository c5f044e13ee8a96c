"""A person's record between provinces: what goes when, and what is erased where."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from eventcore import Seen
from eventcore.testing import given
from registry.privacy.state import PersonalDataGone, Privacy
from registry.records import refusals
from registry.records.commands import (
    ConfirmErasure,
    NoteConfirmed,
    NoteErasureDone,
    NoteKey,
    NoteReceipt,
    OfferKey,
    OrderCopyErasure,
    OrderErasure,
    ReceiveRecord,
    SendRecord,
)
from registry.records.events import (
    CopyErased,
    CopyErasureOrdered,
    ErasureDoneNoted,
    ErasureOrdered,
    KeyHeard,
    KeyOffered,
    ReceiptNoted,
    RecordDue,
    RecordReceived,
    RecordSent,
    TransferConfirmed,
)
from registry.records.record import RECORD
from registry.stewardship.ledger import LEDGER
from registry.stewardship.state import AtHome, Granted
from registry.workers.state import Unknown
from registry.workers.worker import WORKER

HOME, HOST, THIRD = "520000", "440000", "330000"
WAY: dict[str, Any] = {"worker": "w1", "transfer": "t1"}
THERE = Seen({(WORKER.category, "w1"): Unknown()})
ERASED = Seen({(WORKER.category, "w1"): Unknown(privacy=Privacy(erased=True))})
CONFIRMED = TransferConfirmed(**WAY, region=HOST)
HEARD = KeyHeard(**WAY, region=HOST, key="k")
DUE = RecordDue(**WAY, region=HOST, key="k")
SENT = RecordSent(**WAY, region=HOST, disclosure="d1", record="c2VhbGVk", groups=None, to=(HOST,))
SEND = SendRecord(**WAY, disclosure="d1", record="c2VhbGVk", today=date(2026, 9, 1))


@pytest.mark.parametrize("confirmed_first", [True, False])
def test_it_is_due_when_the_transfer_is_confirmed_and_the_host_has_offered_a_key(confirmed_first: bool) -> None:
    note, key = NoteConfirmed(**WAY, region=HOST), NoteKey(**WAY, region=HOST, key="k")
    if confirmed_first:
        given(RECORD).when(note).then(CONFIRMED)
        given(RECORD, CONFIRMED).when(key).then(HEARD, DUE)
        given(RECORD, CONFIRMED, HEARD, DUE).when(key).then()
    else:
        given(RECORD).when(key).then(HEARD)
        given(RECORD, HEARD).when(note).then(CONFIRMED, DUE)
        given(RECORD, HEARD, CONFIRMED, DUE).when(note).then()


def test_a_key_of_another_province_than_the_host_opens_nothing() -> None:
    stranger = NoteKey(**WAY, region=THIRD, key="x")
    given(RECORD, CONFIRMED).when(stranger).rejected(refusals.NotTheHost)
    heard = KeyHeard(**WAY, region=THIRD, key="x")
    given(RECORD).when(stranger).then(heard)
    given(RECORD, heard).when(NoteConfirmed(**WAY, region=HOST)).then(CONFIRMED)
    given(RECORD, heard, CONFIRMED).when(NoteKey(**WAY, region=HOST, key="k")).then(HEARD, DUE)


def test_it_is_sent_once_and_its_receipt_is_noted() -> None:
    history = (CONFIRMED, HEARD, DUE)
    given(RECORD, *history).having_seen(THERE).when(SEND).then(SENT)
    given(RECORD, *history, SENT).having_seen(THERE).when(SEND).then()
    given(RECORD, *history).having_seen(ERASED).when(SEND).rejected(PersonalDataGone)
    receipt = NoteReceipt(**WAY, region=HOST)
    given(RECORD, *history, SENT).when(receipt).then(ReceiptNoted(**WAY, region=HOST))
    given(RECORD, *history).when(receipt).rejected(refusals.NotTheHost)


def test_erasing_orders_it_wherever_a_key_was_offered_and_later_keys_are_answered_so() -> None:
    ordered = ErasureOrdered(worker="w1", to=(HOST,))
    given(RECORD, CONFIRMED, HEARD, DUE, SENT).when(OrderErasure(worker="w1")).then(ordered)
    nowhere = ErasureOrdered(worker="w1", to=())
    given(RECORD).when(OrderErasure(worker="w1")).then(nowhere)
    given(RECORD, nowhere).when(OrderErasure(worker="w1")).then()
    given(RECORD, nowhere).when(NoteKey(**WAY, region=HOST, key="k")).then(HEARD, ordered)
    given(RECORD, nowhere).when(NoteConfirmed(**WAY, region=HOST)).then(CONFIRMED)
    done = NoteErasureDone(worker="w1", region=HOST, kept_for=None)
    given(RECORD, HEARD, ordered).when(done).then(ErasureDoneNoted(worker="w1", region=HOST, kept_for=None))
    given(RECORD, HEARD, ordered).when(replace(done, region=THIRD)).rejected(refusals.NotTheHost)


OFFER = OfferKey(**WAY, home=HOME, key="k")
OFFERED = KeyOffered(**WAY, home=HOME, key="k", to=(HOME,))
LETTER = ReceiveRecord(**WAY, by=HOME, name="n", number="1", phone=None, groups=("MONITORED",))
RECEIVED = RecordReceived(**WAY, name="n", number="1", phone=None, groups=("MONITORED",), to=(HOME,))
TO_ERASE = CopyErasureOrdered(worker="w1", home=HOME)


def test_the_host_offers_one_key_for_a_transfer_and_takes_one_record() -> None:
    given(RECORD).having_seen(THERE).when(OFFER).then(OFFERED)
    given(RECORD, OFFERED).having_seen(THERE).when(OFFER).then()
    given(RECORD).having_seen(ERASED).when(OFFER).rejected(PersonalDataGone)
    given(RECORD, OFFERED).having_seen(THERE).when(LETTER).then(RECEIVED)
    given(RECORD, OFFERED, RECEIVED).having_seen(THERE).when(LETTER).then()
    given(RECORD, OFFERED).having_seen(THERE).when(replace(LETTER, by=THIRD)).rejected(refusals.NotOffered)


BY_GRANT: dict[str, Any] = {"worker": "w1", "transfer": "w1-2"}
ASK = NoteKey(**BY_GRANT, region=HOST, key="k", epoch=2)


def holding(holder: str, epoch: int) -> Seen:
    return Seen({(LEDGER.category, "w1"): Granted(home=HOME, epoch=epoch, holder=holder)})


def test_who_is_responsible_by_homes_ledger_gets_it_without_a_transfer() -> None:
    heard, due = KeyHeard(**BY_GRANT, region=HOST, key="k"), RecordDue(**BY_GRANT, region=HOST, key="k")
    given(RECORD).having_seen(holding(HOST, 2)).when(ASK).then(heard, due)
    given(RECORD, heard, due).having_seen(holding(HOST, 2)).when(ASK).then()
    sent = replace(SENT, transfer="w1-2")
    given(RECORD, heard, due).having_seen(THERE).when(replace(SEND, transfer="w1-2")).then(sent)
    for seen in (holding(THIRD, 2), holding(HOST, 3), holding(HOME, 1), Seen({(LEDGER.category, "w1"): AtHome()})):
        given(RECORD).having_seen(seen).when(ASK).rejected(refusals.NotTheHost)
    named_otherwise = replace(ASK, transfer="t1")
    given(RECORD).having_seen(holding(HOST, 2)).when(named_otherwise).rejected(refusals.NotTheHost)


def test_a_guest_whose_record_is_here_is_not_asked_about() -> None:
    ask = OfferKey(**BY_GRANT, home=HOME, key="k", epoch=2)
    offered = KeyOffered(**BY_GRANT, home=HOME, key="k", epoch=2, to=(HOME,))
    given(RECORD).having_seen(THERE).when(ask).then(offered)
    given(RECORD, OFFERED).having_seen(THERE).when(ask).then(offered)
    given(RECORD, OFFERED, RECEIVED).having_seen(THERE).when(ask).then()


def test_what_was_due_onward_before_the_record_came_is_due_again() -> None:
    onward: dict[str, Any] = {"worker": "w1", "transfer": "t2", "region": THIRD}
    due = RecordDue(**onward, key="x")
    history = (TransferConfirmed(**onward), KeyHeard(**onward, key="x"), due)
    given(RECORD, OFFERED, *history).having_seen(THERE).when(LETTER).then(RECEIVED, due)
    sent = RecordSent(**onward, disclosure="d2", record="c2VhbGVk", groups=("MONITORED",), to=(THIRD,))
    send = replace(SEND, transfer="t2", disclosure="d2")
    given(RECORD, OFFERED, *history, RECEIVED, due).having_seen(THERE).when(send).then(sent)
    given(RECORD, OFFERED, *history, sent).having_seen(THERE).when(LETTER).then(RECEIVED)


def test_only_home_orders_the_copy_erased_and_nothing_comes_after_it() -> None:
    order = OrderCopyErasure(worker="w1", by=HOME)
    given(RECORD, OFFERED, RECEIVED).when(order).then(TO_ERASE)
    given(RECORD, OFFERED, RECEIVED, TO_ERASE).when(order).then()
    given(RECORD, OFFERED).when(replace(order, by=THIRD)).rejected(refusals.NotTheHome)
    sent_on = KeyHeard(worker="w1", transfer="t2", region=THIRD, key="x")
    onward = ErasureOrdered(worker="w1", to=(THIRD,))
    given(RECORD, OFFERED, RECEIVED, sent_on).when(order).then(TO_ERASE, onward)
    given(RECORD, OFFERED, RECEIVED, sent_on, TO_ERASE, onward).when(OrderErasure(worker="w1")).then()
    given(RECORD, OFFERED, TO_ERASE).having_seen(THERE).when(LETTER).rejected(PersonalDataGone)
    given(RECORD, OFFERED, TO_ERASE).having_seen(THERE).when(replace(OFFER, transfer="t2")).rejected(PersonalDataGone)
    kept = CopyErased(worker="w1", kept_for="LEGAL_RETENTION", to=(HOME,))
    given(RECORD, OFFERED, TO_ERASE).when(ConfirmErasure(worker="w1", kept_for="LEGAL_RETENTION")).then(kept)
    given(RECORD, OFFERED, TO_ERASE, kept).when(ConfirmErasure(worker="w1", kept_for=None)).then()
