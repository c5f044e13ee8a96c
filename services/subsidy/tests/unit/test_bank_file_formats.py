"""Both formats, byte for byte as the bank has them: the bank is another house and has read the same page."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from bank import model
from bank.formats import FORMATS
from hypothesis import example, given, settings
from hypothesis import strategies as st
from subsidy.money.bank.columns import fits
from subsidy.money.bank.forms import FORMS, read
from subsidy.money.bank.records import AnswerLine, InquiryLine, PaymentLine

DAY = date(2026, 11, 29)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Z")), min_size=1, max_size=10)
AMOUNT = st.integers(1, 10**15)
UUIDS = st.uuids().map(str)
CODE = st.from_regex(r"[A-Z_]{0,16}", fullmatch=True)

PAYMENTS = st.builds(PaymentLine, UUIDS, AMOUNT, st.from_regex(r"[0-9]{12,19}", fullmatch=True), TEXT, TEXT, TEXT)
INQUIRIES = st.builds(InquiryLine, UUIDS, AMOUNT)
ANSWERS = st.builds(AnswerLine, UUIDS, AMOUNT, st.sampled_from(("S", "F", "P")), CODE, CODE, st.just(""))
SENT = st.one_of(
    st.tuples(st.just("PAY-EMPLOYMENT_SUBSIDY-20261129-001"), st.lists(PAYMENTS, max_size=4)),
    st.tuples(st.just("ASK-20261129-001"), st.lists(INQUIRIES, max_size=4)),
)


@pytest.mark.parametrize("ending", ["txt", "json"])
@settings(max_examples=60, deadline=None)
@given(sent=SENT)
@example(sent=("PAY-EMPLOYMENT_SUBSIDY-20261129-001", [PaymentLine(str(UUID(int=1)), 1, "1" * 12, "𬱖·é", "行", "补")]))
def test_the_bank_reads_what_we_write_and_would_write_the_same(ending: str, sent: tuple[str, list[Any]]) -> None:
    file, details = sent
    data = FORMS[f".{ending}"].write(file, "", DAY, tuple(details))
    found = FORMATS[ending].load(file, data)
    assert [each.payment for each in found.details] == [each.payment for each in details]
    assert FORMATS[ending].dump(found) == data
    again = read(f"{file}.{ending}", data)
    assert again.details == tuple(details)
    assert again.digest == again.trailer.digest


@pytest.mark.parametrize("ending", ["txt", "json"])
@settings(max_examples=60, deadline=None)
@given(answers=st.lists(ANSWERS, max_size=4))
def test_we_read_what_the_bank_writes_and_would_write_the_same(ending: str, answers: list[AnswerLine]) -> None:
    file, answered = "RET-PAY-EMPLOYMENT_SUBSIDY-20261129-001-1", "PAY-EMPLOYMENT_SUBSIDY-20261129-001"
    lines = [
        model.Answer(
            payment=each.payment, amount=each.amount, status=each.status, reason=each.reason, reference=each.reference
        )
        for each in answers
    ]
    data = FORMATS[ending].dump(model.document(file, answers=answered, day="20261129", details=lines))
    found = read(f"{file}.{ending}", data)
    assert found.details == tuple(answers)
    assert (found.header.answers, found.day) == (answered, DAY)
    assert FORMS[f".{ending}"].write(file, answered, DAY, tuple(answers)) == data


def test_what_does_not_fit_its_column_fits_no_format() -> None:
    line = PaymentLine(str(UUID(int=1)), 1, "1" * 12, "王" * 40, "行", "补")
    assert fits(line)
    assert not fits(PaymentLine(line.payment, 1, line.account, "王" * 41, "行", "补"))
    assert not fits(PaymentLine(line.payment, 10**18, line.account, "王", "行", "补"))
