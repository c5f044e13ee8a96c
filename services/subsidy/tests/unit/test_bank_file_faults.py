"""A file from the bank is taken whole or refused whole, by its name: ten kinds of fault, planted in both formats."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from eventcore import Seen, fold
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from subsidy.money.bank import columns, members
from subsidy.money.bank.bank_file import BANK_FILE, BankFile
from subsidy.money.bank.digest import digest
from subsidy.money.bank.events import FileLines, FileQuarantined, FileSent, FileTaken, SentOrder
from subsidy.money.bank.forms import FORMS, read
from subsidy.money.bank.judging import check
from subsidy.money.bank.records import AnswerLine, Header, Trailer, Unreadable
from subsidy.money.bank.taking import command_of
from subsidy.money.payments.balancing import order_id

NOTHING: Mapping[str, int] = {}
TODAY = date(2026, 11, 29)
PAY = "PAY-EMPLOYMENT_SUBSIDY-20261129-001"
RET = f"RET-{PAY}-1"
ENDINGS = pytest.mark.parametrize("ending", [".txt", ".json"])
LINES = st.lists(
    st.builds(
        AnswerLine,
        st.integers(1, 10**6).map(lambda n: order_id("c", n)),
        st.integers(1, 10**9),
        st.sampled_from(("F", "P")),
        st.just("ACCOUNT_CLOSED"),
        st.integers(1, 10**9).map(lambda n: f"B{n}"),
        st.just(""),
    ),
    min_size=2,
    max_size=6,
    unique_by=(lambda line: line.payment, lambda line: line.reference),
).map(lambda lines: [replace(lines[0], status="S", reason=""), *lines[1:]])
TWO = [
    AnswerLine(order_id("c", 1), 5000, "S", "", "B1", ""),
    AnswerLine(order_id("c", 2), 7000, "F", "ACCOUNT_CLOSED", "B2", ""),
]


def sent(lines: list[AnswerLine], day: date = TODAY) -> FileSent:
    """The payment file with these orders."""
    orders = tuple(SentOrder(payment=x.payment, claim="c", region="520526", amount=x.amount) for x in lines)
    return FileSent(
        file=PAY,
        kind="PAY",
        batch="b",
        fund="EMPLOYMENT_SUBSIDY",
        day=day,
        count=len(orders),
        sum=sum(x.amount for x in orders),
        digest="d",
        left_out=0,
        orders=orders,
    )


def verdict(
    name: str, data: bytes, asked: FileSent, before: BankFile = BANK_FILE.initial, executed: Mapping[str, int] = NOTHING
) -> str:
    """What becomes of a file: `taken`, or the reason."""
    try:
        document = read(name, data)
        check(document, TODAY)
    except Unreadable as unreadable:
        return unreadable.reason
    seen = Seen(states={(BANK_FILE.category, PAY): fold(BANK_FILE, [asked])})
    command = command_of(document, digest(data), {}, executed, TODAY)
    first, *rest = BANK_FILE.decide(command, before, seen)
    if isinstance(first, FileQuarantined):
        assert rest == []
        return first.reason
    assert isinstance(first, FileTaken)
    assert sum(len(each.lines) for each in rest if isinstance(each, FileLines)) == first.count
    return "taken"


def written(ending: str, lines: list[AnswerLine], file: str = RET, day: date = TODAY, answers: str = PAY) -> bytes:
    return FORMS[ending].write(file, answers, day, tuple(lines))


def with_totals(ending: str, lines: list[AnswerLine], count: int, total: int) -> bytes:
    """A file whose header and trailer agree with each other and with the digest, and not with its lines."""
    header = Header(RET, PAY, f"{TODAY:%Y%m%d}", count, total)
    if ending == ".txt":
        body = columns.lines_of([header, *lines])
        return body + columns.lines_of([Trailer(count, total, digest(body))])
    trailer = Trailer(count, total, members.digest_of(header, tuple(lines)))
    return members.whole(header, tuple(lines), trailer)


def _line_missing(lines: list[AnswerLine]) -> list[AnswerLine]:
    return lines[1:]


def _line_doubled(lines: list[AnswerLine]) -> list[AnswerLine]:
    return [*lines, lines[0]]


def _unknown_order(lines: list[AnswerLine]) -> list[AnswerLine]:
    return [replace(lines[0], payment=order_id("d", 1)), *lines[1:]]


def _amount_differs(lines: list[AnswerLine]) -> list[AnswerLine]:
    return [replace(lines[0], amount=lines[0].amount + 1), *lines[1:]]


@ENDINGS
@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (list, "taken"),
        (_line_missing, "line_missing"),
        (_line_doubled, "line_doubled"),
        (_unknown_order, "unknown_order"),
        (_amount_differs, "amount_differs"),
    ],
)
@settings(max_examples=20, deadline=None)
@given(lines=LINES)
@example(lines=TWO)
def test_lines_are_those_of_the_answered_file(
    ending: str, spoil: Callable[[list[AnswerLine]], list[AnswerLine]], reason: str, lines: list[AnswerLine]
) -> None:
    assert verdict(RET + ending, written(ending, spoil(lines)), sent(lines)) == reason


@ENDINGS
@settings(max_examples=40, deadline=None)
@given(lines=LINES, data=st.data())
def test_a_file_that_was_cut_is_truncated(ending: str, lines: list[AnswerLine], data: st.DataObject) -> None:
    whole = written(ending, lines)
    kept = data.draw(st.integers(0, len(whole) - 1))
    assert verdict(RET + ending, whole[:kept], sent(lines)) in ("truncated", "undecodable")
    assert verdict(RET + ending, whole[: len(whole) - 1], sent(lines)) == "truncated"


@ENDINGS
@settings(max_examples=40, deadline=None)
@given(lines=LINES, data=st.data())
def test_a_file_with_one_byte_changed_is_never_taken(ending: str, lines: list[AnswerLine], data: st.DataObject) -> None:
    whole = bytearray(written(ending, lines))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    assert verdict(RET + ending, bytes(whole), sent(lines)) != "taken"


@ENDINGS
@settings(max_examples=20, deadline=None)
@given(lines=LINES)
def test_another_digest_means_that_something_is_missing(ending: str, lines: list[AnswerLine]) -> None:
    whole = written(ending, lines)
    spoilt = whole.replace(lines[0].payment.encode(), order_id("e", 1).encode(), 1)
    assert verdict(RET + ending, spoilt, sent(lines)) == "truncated"


@ENDINGS
@settings(max_examples=20, deadline=None)
@given(lines=LINES, by=st.integers(1, 9))
@example(lines=TWO, by=1)
def test_totals_are_those_of_the_lines(ending: str, lines: list[AnswerLine], by: int) -> None:
    count, total = len(lines), sum(each.amount for each in lines)
    assert verdict(RET + ending, with_totals(ending, lines, count, total), sent(lines)) == "taken"
    assert verdict(RET + ending, with_totals(ending, lines, count + by, total), sent(lines)) == "count"
    assert verdict(RET + ending, with_totals(ending, lines, count, total + by), sent(lines)) == "sum"


@ENDINGS
@settings(max_examples=10, deadline=None)
@given(lines=LINES)
def test_a_file_is_of_a_day_that_can_be(ending: str, lines: list[AnswerLine]) -> None:
    tomorrow, yesterday = date(2026, 11, 30), date(2026, 11, 28)
    assert verdict(RET + ending, written(ending, lines, day=tomorrow), sent(lines)) == "wrong_day"
    assert verdict(RET + ending, written(ending, lines, day=yesterday), sent(lines)) == "wrong_day"
    assert verdict(RET + ending, written(ending, lines, day=yesterday), sent(lines, yesterday)) == "taken"


@ENDINGS
@settings(max_examples=10, deadline=None)
@given(lines=LINES)
def test_a_file_is_taken_once(ending: str, lines: list[AnswerLine]) -> None:
    first, other = written(ending, lines), written(ending, lines[::-1])
    document = read(RET + ending, first)
    taken = fold(
        BANK_FILE,
        BANK_FILE.decide(
            command_of(document, digest(first), {}, {}, TODAY),
            BANK_FILE.initial,
            Seen(states={(BANK_FILE.category, PAY): fold(BANK_FILE, [sent(lines)])}),
        ),
    )
    again = command_of(document, digest(first), {}, {}, TODAY)
    assert BANK_FILE.decide(again, taken, Seen()) == []
    assert verdict(RET + ending, other, sent(lines), taken) == "already_taken"


@ENDINGS
def test_what_cannot_be_read_is_undecodable(ending: str) -> None:
    lines = [AnswerLine(order_id("c", 1), 5, "S", "", "B1", "")]
    asked, whole = sent(lines), written(ending, lines)
    assert verdict(f"RET-{PAY}-2{ending}", whole, asked) == "undecodable"
    for line in (
        replace(lines[0], reference=""),
        replace(lines[0], status="R", amount=-5, reason="RETURNED_BY_BANK"),
        replace(lines[0], status="F"),
        replace(lines[0], reason="ACCOUNT_CLOSED"),
        replace(lines[0], status="F", reason="name 王"),
        replace(lines[0], reference="../B1"),
        replace(lines[0], amount=-5),
        replace(lines[0], fund="EMPLOYMENT_SUBSIDY"),
    ):
        assert verdict(RET + ending, written(ending, [line]), asked) == "undecodable"
    tail = whole[-100:] if ending == ".txt" else whole[-130:]
    assert verdict(RET + ending, b"\xff\xff garbage\r\n" + tail, asked) in ("undecodable", "truncated")


def test_bytes_that_are_no_text_are_undecodable() -> None:
    line = AnswerLine(order_id("c", 1), 5, "F", "X" * 16, "B1", "")
    body = columns.lines_of([Header(RET, PAY, "20261129", 1, 5), line]).replace(b"X" * 16, b"\x80" * 16)
    data = body + columns.lines_of([Trailer(1, 5, digest(body))])
    assert verdict(f"{RET}.txt", data, sent([line])) == "undecodable"


@ENDINGS
def test_a_reversal_names_what_was_paid_and_a_statement_states_a_movement_once(ending: str) -> None:
    back = AnswerLine("a", -5, "R", "RETURNED_BY_BANK", "B2", "")
    paid = AnswerLine("a", 5, "S", "", "B1", "EMPLOYMENT_SUBSIDY")
    asked: Any = sent([])
    reversal, statement = "REV-20261129-001", "STM-20261129-001"

    def became(file: str, lines: list[AnswerLine], paid_before: int = 0) -> str:
        executed = {"a": paid_before} if paid_before else {}
        return verdict(file + ending, written(ending, lines, file, answers=""), asked, executed=executed)

    assert became(reversal, [back], 5) == "taken"
    assert became(reversal, [back]) == "unknown_order"
    assert became(reversal, [back], 6) == "amount_differs"
    stated = replace(back, fund="EMPLOYMENT_SUBSIDY")
    assert became(statement, [paid, stated]) == "taken"
    assert became(statement, [paid, replace(paid, payment="b")]) == "line_doubled"
    assert became(statement, [replace(paid, fund="NO_SUCH_FUND")]) == "undecodable"
