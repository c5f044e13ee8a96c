"""Both formats: what is written is read, and what is not whole is refused by its name."""

import hashlib
from collections.abc import Callable, Iterable
from operator import attrgetter
from uuid import UUID

import pytest
from bank.formats import FORMATS
from bank.model import COLUMNS, Answer, Detail, Document, Inquiry, Payment, Refused, document
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

PAY = "PAY-EMPLOYMENT_SUBSIDY-20261128-001"
FILES = {Payment: PAY, Inquiry: "ASK-20261128-001", Answer: f"RET-{PAY}-1"}

orders = st.uuids().map(str)
fen = st.integers(1, 10**9)


def texts(column: str) -> st.SearchStrategy[str]:
    """What fits a column: any letters, Chinese ones and rare ones of four bytes among them."""
    letters = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20) | st.just("阿卜力孜·买买提 𠮷")
    return letters.filter(lambda text: len(text.encode("gb18030")) <= COLUMNS[column])


payments = st.builds(
    Payment, payment=orders, amount=fen, account=texts("account"), name=texts("name"), bank=texts("bank"),
    purpose=texts("purpose"),
)  # fmt: skip
inquiries = st.builds(Inquiry, payment=orders, amount=fen)
answers = st.builds(
    Answer, payment=orders, amount=fen | fen.map(int.__neg__), status=st.sampled_from("SFPR"),
    reason=st.sampled_from(["", "TIMED_OUT"]), reference=st.just("20261128000000000001"),
)  # fmt: skip
details: st.SearchStrategy[list[Detail]] = st.one_of(
    *(st.lists(lines, max_size=8, unique_by=attrgetter("payment")) for lines in (payments, inquiries, answers))
)
documents = details.map(lambda found: made(found))
forms = pytest.mark.parametrize("ending", FORMATS)


def made(details: Iterable[Detail]) -> Document:
    lines = list(details)
    kind = type(lines[0]) if lines else Payment
    return document(FILES[kind], answers=PAY if kind is Answer else "", day="20261128", details=lines)


def a_payment(n: int = 1, **changes: object) -> Payment:
    line = Payment(
        payment=str(UUID(int=n)), amount=100 * n, account="6222020200112233445", name="王秀英",
        bank="贵州农信示范支行", purpose="培训补贴",
    )  # fmt: skip
    return replace(line, **changes)


def reason(ending: str, data: bytes, file: str = PAY) -> str:
    with pytest.raises(Refused) as refused:
        FORMATS[ending].load(file, data)
    return refused.value.reason


@forms
@given(found=documents)
def test_what_is_written_is_read(ending: str, found: Document) -> None:
    assert FORMATS[ending].load(found.header.file, FORMATS[ending].dump(found)) == found


@forms
@given(found=documents, at=st.floats(0, 1, exclude_max=True))
def test_a_cut_file_is_truncated(ending: str, found: Document, at: float) -> None:
    data = FORMATS[ending].dump(found)
    assert reason(ending, data[: int(at * len(data))], found.header.file) == "truncated"


@forms
@given(found=documents, at=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_no_changed_bit_is_overlooked(ending: str, found: Document, at: float, bit: int) -> None:
    data = bytearray(FORMATS[ending].dump(found))
    data[int(at * len(data))] ^= 1 << bit
    with pytest.raises(Refused):
        FORMATS[ending].load(found.header.file, bytes(data))


def test_format_a_byte_by_byte() -> None:
    """Written here by hand from the agreement."""
    front = (
        b"H" + PAY.encode().ljust(64) + b" " * 64 + b"20261128" + b"00000001" + b"000000000000000100\r\n"
        b"D00000000-0000-0000-0000-000000000001" + b"000000000000000100" + b"6222020200112233445".ljust(32)
        + "王秀英".encode("gb18030").ljust(80) + "贵州农信示范支行".encode("gb18030").ljust(80)
        + "培训补贴".encode("gb18030").ljust(40) + b"\r\n"
    )  # fmt: skip
    trailer = b"T00000001000000000000000100" + hashlib.new("sm3", front).hexdigest().encode() + b"\r\n"
    assert FORMATS["txt"].dump(made([a_payment()])) == front + trailer


def test_format_b_byte_by_byte() -> None:
    front = (
        b'{"header":{"file":"ASK-20261128-001","answers":"","day":"20261128","count":1,"sum":5},'
        b'"details":[{"payment":"00000000-0000-0000-0000-000000000001","amount":5}]}'
    )
    digest = hashlib.new("sm3", front).hexdigest()
    whole = front[:-1] + f',"trailer":{{"count":1,"sum":5,"digest":"{digest}"}}}}'.encode()
    assert FORMATS["json"].dump(made([Inquiry(payment=str(UUID(int=1)), amount=5)])) == whole


def test_money_that_came_back_has_its_sign_in_the_first_column() -> None:
    line = Answer(payment=str(UUID(int=1)), amount=-5, status="R", reason="RETURNED_BY_BANK", reference="1")
    data = FORMATS["txt"].dump(document("REV-20261128-001", day="20261128", details=[line]))
    assert b"-00000000000000005R" in data
    assert FORMATS["txt"].load("REV-20261128-001", data).header.sum == -5


@forms
@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (lambda whole: Document(replace(whole.header, count=3), whole.details), "count"),
        (lambda whole: Document(replace(whole.header, sum=301), whole.details), "sum"),
        (lambda whole: made([whole.details[0], whole.details[0]]), "line_doubled"),
        (lambda whole: Document(replace(whole.header, file=PAY[:-1] + "2"), whole.details), "undecodable"),
        (lambda whole: Document(replace(whole.header, day="20260230"), whole.details), "undecodable"),
        (lambda whole: made([a_payment(name="王\n秀英")]), "undecodable"),
        (lambda whole: made([a_payment(amount=0)]), "undecodable"),
        (lambda whole: made([a_payment(payment="1" * 36)]), "undecodable"),
        (
            lambda whole: document(PAY, day="20261128", details=[Inquiry(payment=str(UUID(int=1)), amount=1)]),
            "undecodable",
        ),
    ],
    ids=["count", "sum", "line twice", "another id", "no day", "two lines", "no amount", "no id", "another kind"],
)
def test_a_wrong_file_is_refused_by_its_name(ending: str, wrong: Callable[[Document], Document], named: str) -> None:
    data = FORMATS[ending].dump(wrong(made([a_payment(1), a_payment(2)])))
    assert reason(ending, data) == named


def test_unknown_members_and_wrong_types_are_undecodable() -> None:
    data = FORMATS["json"].dump(made([a_payment()]))
    assert reason("json", data.replace(b'"amount":100', b'"amount":"100"')) == "undecodable"
    assert reason("json", data.replace(b'"amount":100', b'"amount":100,"more":1')) == "undecodable"
    assert reason("json", data.replace("王".encode(), b"\xff")) == "undecodable"


def test_bytes_that_are_no_gb18030_are_undecodable() -> None:
    data = FORMATS["txt"].dump(made([a_payment()]))
    assert reason("txt", data.replace("王".encode("gb18030"), b"\xff\xff")) == "undecodable"


def test_text_wider_than_its_column_is_written_in_neither_format() -> None:
    wide = made([a_payment(purpose="补" * 21)])
    with pytest.raises(ValueError, match="purpose"):
        FORMATS["txt"].dump(wide)
    assert reason("json", FORMATS["json"].dump(wide)) == "undecodable"


def test_a_statement_has_an_order_twice_that_went_and_came_back() -> None:
    file = "STM-20261128-001"
    went = Answer(payment=str(UUID(int=1)), amount=5, status="S", reference="1", fund="F")
    back = Answer(payment=str(UUID(int=1)), amount=-5, status="R", reference="2", fund="F")
    both = FORMATS["txt"].dump(document(file, day="20261128", details=[went, back]))
    assert len(FORMATS["txt"].load(file, both).details) == 2
    twice = FORMATS["txt"].dump(document(file, day="20261128", details=[went, went]))
    assert reason("txt", twice, file) == "line_doubled"


@pytest.mark.parametrize("file", ["", "PAY-20261128-001", "RET-1", "XYZ-20261128-001", f"ANS-{PAY}-1", f"{PAY}-1"])
def test_a_name_that_no_file_has_is_undecodable(file: str) -> None:
    assert reason("txt", FORMATS["txt"].dump(made([a_payment()])), file) == "undecodable"
