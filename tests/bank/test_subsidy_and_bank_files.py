"""Two houses, one agreement: what either writes is what the other would have written, byte by byte, in both formats."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

import pytest
from bank import model
from bank.formats import FORMATS
from hypothesis import given
from hypothesis import strategies as st
from subsidy.money.bank.forms import FORMS
from subsidy.money.bank.judging import check
from subsidy.money.bank.records import AnswerLine, InquiryLine, PaymentLine, Unreadable

DAY = date(2026, 11, 28)
PAY = "PAY-EMPLOYMENT_SUBSIDY-20261128-001"
ASK = "ASK-20261128-001"

orders = st.uuids().map(str)
fen = st.integers(1, 10**12)


def texts(column: str) -> st.SearchStrategy[str]:
    """What fits a column of either house, with letters of one, two and four bytes, and blanks inside."""
    letters = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=30) | st.sampled_from(
        ["阿卜力孜·买买提", "𠮷田 㐂", "Пётр", "a b", "王秀英"]
    )
    return letters.filter(lambda text: len(text.encode("gb18030")) <= model.COLUMNS[column])


payments = st.fixed_dictionaries(
    {"payment": orders, "amount": fen, **{name: texts(name) for name in ("account", "name", "bank", "purpose")}}
)
inquiries = st.fixed_dictionaries({"payment": orders, "amount": fen})
references = st.integers(0, 10**12).map(lambda n: f"20261128{n:012d}")
went = st.fixed_dictionaries({"payment": orders, "amount": fen, "status": st.just("S"), "reference": references})
refusals = st.sampled_from(["ACCOUNT_CLOSED", "ID_REUSED"])
failed = st.fixed_dictionaries(
    {
        "payment": orders,
        "amount": fen,
        "status": st.just("F"),
        "reason": st.sampled_from(["ACCOUNT_CLOSED", "ID_REUSED"]),
    }
)
unknown = st.fixed_dictionaries(
    {"payment": orders, "amount": fen, "status": st.just("P"), "reason": st.just("TIMED_OUT")}
)
came_back = st.fixed_dictionaries(
    {
        "payment": orders, "amount": fen.map(int.__neg__), "status": st.just("R"),
        "reason": st.just("RETURNED_BY_BANK"), "reference": references,
    }
)  # fmt: skip
Line: TypeAlias = dict[str, Any]
endings = pytest.mark.parametrize("ending", ["txt", "json"])


def some(line: st.SearchStrategy[Line]) -> st.SearchStrategy[list[Line]]:
    return st.lists(line, max_size=6, unique_by=lambda each: str(each["payment"]))


@endings
@given(lines=some(payments))
def test_the_bank_reads_payments_as_they_were_written(ending: str, lines: list[Line]) -> None:
    data = FORMS[f".{ending}"].write(PAY, "", DAY, tuple(PaymentLine(**each) for each in lines))
    found = FORMATS[ending].load(PAY, data)
    assert found.details == tuple(model.Payment(**each) for each in lines)
    assert FORMATS[ending].dump(found) == data


@endings
@given(lines=some(inquiries))
def test_the_bank_reads_inquiries_as_they_were_written(ending: str, lines: list[Line]) -> None:
    data = FORMS[f".{ending}"].write(ASK, "", DAY, tuple(InquiryLine(**each) for each in lines))
    found = FORMATS[ending].load(ASK, data)
    assert found.details == tuple(model.Inquiry(**each) for each in lines)
    assert FORMATS[ending].dump(found) == data


def of_fund(line: Line) -> Line:
    return {**line, "fund": "EMPLOYMENT_SUBSIDY"}


@endings
@pytest.mark.parametrize(
    ("file", "answers", "lines"),
    [
        (f"RET-{PAY}-1", PAY, went | failed | unknown),
        (f"ANS-{ASK}-12", ASK, went | failed),
        ("REV-20261128-001", "", came_back),
        ("STM-20261128-001", "", (went | came_back).map(of_fund)),
    ],
    ids=["return", "answer", "reversal", "statement"],
)
@given(data=st.data())
def test_subsidy_reads_what_the_bank_says(
    ending: str, file: str, answers: str, lines: st.SearchStrategy[Line], data: st.DataObject
) -> None:
    said = [model.Answer(**each) for each in data.draw(some(lines))]
    written = FORMATS[ending].dump(model.document(file, answers=answers, day="20261128", details=said))
    found = FORMS[f".{ending}"].read(file, written)
    check(found, DAY)
    assert [_said(line) for line in found.details if isinstance(line, AnswerLine)] == [_said(line) for line in said]
    assert (found.header.file, found.header.answers) == (file, answers)
    assert FORMS[f".{ending}"].write(file, answers, DAY, found.details) == written


def _said(line: AnswerLine | model.Answer) -> tuple[object, ...]:
    return line.payment, line.amount, line.status, line.reason, line.reference, line.fund


@endings
@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda data: data[:-3], "truncated"),
        (lambda data: data[: len(data) // 2], "truncated"),
        (lambda data: data.replace(b"ACCOUNT_CLOSED", b"ACCOUNT_CL0SED"), "truncated"),
        (lambda data: data.replace(b"ACCOUNT_CLOSED", b"ACCOUNT_C\xff\xffED"), "undecodable"),
    ],
    ids=["the last bytes", "half", "a letter", "no letter"],
)
def test_both_houses_refuse_what_is_spoilt_by_the_same_name(
    ending: str, spoil: Callable[[bytes], bytes], reason: str
) -> None:
    file = f"RET-{PAY}-1"
    line = model.Answer(payment="00000000-0000-0000-0000-000000000001", amount=1, status="F", reason="ACCOUNT_CLOSED")
    data = spoil(FORMATS[ending].dump(model.document(file, answers=PAY, day="20261128", details=[line])))
    with pytest.raises(model.Refused, match=reason):
        FORMATS[ending].load(file, data)
    with pytest.raises(Unreadable, match=reason):
        FORMS[f".{ending}"].read(file, data)
