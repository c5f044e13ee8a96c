"""What the bank does with files: once, and whole."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from bank.formats import FORMATS
from bank.mishaps import NO_MISHAPS
from bank.model import Inquiry, Payment, document
from bank_customer import DAY, PAY, Customer, amount, id_of, order


@pytest.mark.parametrize("ending", FORMATS)
def test_an_order_is_executed_and_told(tmp_path: Path, ending: str) -> None:
    customer = Customer(tmp_path, NO_MISHAPS, ending=ending)
    with closing(customer.book):
        customer.pay(1, 2)
        (first, second) = customer.told(f"RET-{PAY}-1")
        assert (first.payment, first.amount, first.status, first.reason) == (id_of(1), amount(1), "S", "")
        assert first.reference != second.reference
        assert customer.executed() == {id_of(1): amount(1), id_of(2): amount(2)}
        assert (customer.folders.taken / f"{PAY}.{ending}").exists()


def test_the_same_file_again_is_answered_again_and_pays_nobody(quiet: Customer) -> None:
    quiet.pay(1, 2)
    first = quiet.told(f"RET-{PAY}-1")
    quiet.pay(1, 2)
    assert quiet.told(f"RET-{PAY}-2") == first
    assert len(quiet.executed()) == 2


def test_the_same_file_id_with_other_bytes_is_refused(quiet: Customer) -> None:
    quiet.pay(1)
    quiet.pay(1, 2)
    assert quiet.log[-1] == f"{PAY}.txt refused: already_taken"
    assert (quiet.folders.refused / f"{PAY}.txt").exists()
    assert quiet.executed() == {id_of(1): amount(1)}


def test_an_order_in_another_file_is_not_executed_again(quiet: Customer) -> None:
    quiet.pay(1)
    (first,) = quiet.told(f"RET-{PAY}-1")
    other = PAY[:-1] + "2"
    quiet.pay(1, 2, file=other)
    again, _ = quiet.told(f"RET-{other}-1")
    assert again == first
    assert quiet.executed() == {id_of(1): amount(1), id_of(2): amount(2)}


@pytest.mark.parametrize("other", [order(1, fen=1), order(1, account="6222020200112233446")])
def test_an_id_with_another_amount_or_account_is_refused(quiet: Customer, other: Payment) -> None:
    quiet.pay(1)
    quiet.told(f"RET-{PAY}-1")
    file = PAY[:-1] + "2"
    quiet.put(file, [other])
    (line,) = quiet.told(f"RET-{file}-1")
    assert (line.status, line.reason, line.amount, line.reference) == ("F", "ID_REUSED", other.amount, "")
    assert quiet.executed() == {id_of(1): amount(1)}


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (order(1, account=""), "ACCOUNT_UNKNOWN"),
        (order(1, account="123"), "ACCOUNT_UNKNOWN"),
        (order(1, account="6222x20200112233445"), "ACCOUNT_UNKNOWN"),
        (order(1, name=""), "NAME_DIFFERS"),
        (order(1, name="···"), "NAME_DIFFERS"),
    ],
)
def test_whom_nobody_could_pay_is_refused(quiet: Customer, wrong: Payment, reason: str) -> None:
    quiet.put(PAY, [wrong])
    (line,) = quiet.told(f"RET-{PAY}-1")
    assert (line.status, line.reason, line.reference) == ("F", reason, "")
    assert quiet.executed() == {}


def test_a_file_that_is_not_whole_is_refused_whole(quiet: Customer) -> None:
    data = FORMATS["txt"].dump(document(PAY, day=DAY, details=[order(1), order(2)]))
    (quiet.folders.incoming / f"{PAY}.txt").write_bytes(data[:-9])
    (quiet.folders.incoming / "notes.md").write_bytes(b"")
    quiet.bank.step()
    assert sorted(quiet.log) == [f"{PAY}.txt refused: truncated", "notes.md refused: undecodable"]
    assert (quiet.executed(), quiet.waiting()) == ({}, [])
    quiet.pay(1, 2)
    assert len(quiet.told(f"RET-{PAY}-1")) == 2


def test_hidden_files_are_left_alone(quiet: Customer) -> None:
    (quiet.folders.incoming / f".{PAY}.txt").write_bytes(b"half")
    quiet.bank.step()
    assert quiet.log == []


def test_an_order_that_never_came_is_not_executed_and_never_will_be(quiet: Customer) -> None:
    (line,) = quiet.ask(1)
    assert (line.status, line.reason) == ("F", "ORDER_UNKNOWN")
    quiet.pay(1)
    (line,) = quiet.told(f"RET-{PAY}-1")
    assert (line.status, line.reason) == ("F", "ORDER_UNKNOWN")
    assert quiet.executed() == {}


def test_payments_are_taken_before_the_inquiry_that_came_with_them(quiet: Customer) -> None:
    asked = document(f"ASK-{DAY}-001", day=DAY, details=[Inquiry(payment=id_of(1), amount=amount(1))])
    (quiet.folders.incoming / f"ASK-{DAY}-001.txt").write_bytes(FORMATS["txt"].dump(asked))
    quiet.pay(1)
    (line,) = quiet.told(f"ANS-ASK-{DAY}-001-1")
    assert line.status == "S"


def test_an_answer_has_the_amount_of_the_book(quiet: Customer) -> None:
    quiet.pay(1)
    quiet.put(f"ASK-{DAY}-001", [Inquiry(payment=id_of(1), amount=5)])
    assert quiet.told(f"ANS-ASK-{DAY}-001-1")[0].amount == amount(1)


def test_the_day_of_the_bank_is_not_before_the_files(quiet: Customer) -> None:
    quiet.put(PAY, [order(1)], day="20270105")
    assert quiet.look(f"RET-{PAY}-1.txt").header.day == "20270105"
    assert quiet.bank.desk.close_session("txt") == "STM-20270105-001"


def test_no_name_and_no_account_stays_in_the_book_or_the_log(quiet: Customer) -> None:
    quiet.pay(1)
    quiet.book.close()
    kept = b"".join(path.read_bytes() for path in quiet.root.glob("bank.sqlite*"))
    for secret in ("6222020200112233445", "王秀英"):
        assert secret.encode() not in kept + "".join(quiet.log).encode()


def test_the_book_itself_lets_money_go_once_and_come_back_once(quiet: Customer) -> None:
    quiet.pay(1)
    for again in (amount(1), -amount(1)):
        if again < 0:
            quiet.book.move(id_of(1), again, DAY)
        with pytest.raises(sqlite3.IntegrityError), quiet.book.transaction():
            quiet.book.move(id_of(1), again, DAY)
    assert len(quiet.executed()) == 1
