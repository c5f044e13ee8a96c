"""What goes wrong as the seed says, and how every fen is in one statement in the end."""

from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from bank.desk import LATE, MOST_TRIES
from bank.mishaps import Damage, Fate, Mishaps
from bank.model import Answer, Document
from bank_customer import DAY, FUND, PAY, Customer, amount, id_of
from hypothesis import given, settings
from hypothesis import strategies as st

ONLY_FATES = Mishaps(seed=7, first_files=False)


def test_fates_are_as_planted_and_time_outs_are_settled_by_asking(tmp_path: Path) -> None:
    numbers = range(1000)
    customer = Customer(tmp_path, ONLY_FATES)
    with closing(customer.book):
        customer.pay(*numbers)
        told = {line.payment: line for line in customer.told(f"RET-{PAY}-1")}
        fates = {id_of(n): ONLY_FATES.of_order(id_of(n)) for n in numbers}
        counted = Counter(fates.values())
        assert 50 <= counted[Fate.REFUSED] <= 75
        assert all(12 <= counted[fate] <= 30 for fate in (Fate.LATE_EXECUTED, Fate.LATE_NOT_EXECUTED))
        status = {Fate.NONE: "S", Fate.REFUSED: "F", Fate.LATE_EXECUTED: "P", Fate.LATE_NOT_EXECUTED: "P"}
        assert {id: line.status for id, line in told.items()} == {id: status[fate] for id, fate in fates.items()}
        assert {line.reason for line in told.values() if line.status == "F"} == {
            "ACCOUNT_UNKNOWN", "ACCOUNT_CLOSED", "NAME_DIFFERS",
        }  # fmt: skip
        assert {(line.reason, line.reference) for line in told.values() if line.status == "P"} == {("TIMED_OUT", "")}
        silent = [n for n in numbers if told[id_of(n)].status == "P"]
        settled = {Fate.LATE_EXECUTED: ("S", ""), Fate.LATE_NOT_EXECUTED: ("F", "NOT_EXECUTED")}
        for line in customer.ask(*silent):
            assert (line.status, line.reason) == settled[fates[line.payment]]
        went = {id for id, fate in fates.items() if fate in (Fate.NONE, Fate.LATE_EXECUTED)}
        assert set(customer.executed()) == went
        assert Counter(what for what, _ in customer.book.planted()) == {fate: n for fate, n in counted.items() if fate}


def test_lines_come_in_another_order_than_they_went(tmp_path: Path) -> None:
    customer = Customer(tmp_path, ONLY_FATES)
    with closing(customer.book):
        customer.pay(*range(20))
        assert [line.payment for line in customer.told(f"RET-{PAY}-1")] != [id_of(n) for n in range(20)]


@pytest.mark.parametrize("seed", [6, 7, 8])
def test_of_the_first_three_returns_one_is_cut_one_doubled_one_wrong_and_all_are_whole_in_the_end(
    tmp_path: Path, seed: int
) -> None:
    customer = Customer(tmp_path, Mishaps(seed=seed))
    with closing(customer.book):
        for n in range(4):
            customer.pay(*range(n * 10, n * 10 + 10), file=f"PAY-{FUND}-{DAY}-{n + 1:03d}")
        found = customer.take_all()
        aside = Counter(each for each in found if isinstance(each, str))
        assert aside == {"truncated": 1, "sum": 1, "already_taken": 1}
        whole = [each for each in found if isinstance(each, Document)]
        assert Counter(each.header.answers for each in whole) == {f"PAY-{FUND}-{DAY}-{n + 1:03d}": 1 for n in range(4)}
        assert {line.payment for each in whole for line in each.details} == {id_of(n) for n in range(40)}
        assert {what for what, _ in customer.book.planted()} >= {"cut", "doubled", "wrong_totals"}


def test_a_file_that_is_put_aside_again_and_again_is_given_up(quiet: Customer) -> None:
    quiet.pay(1)
    for n in range(1, MOST_TRIES + 1):
        (quiet.folders.outgoing / f"RET-{PAY}-{n}.txt").rename(quiet.folders.quarantine / f"RET-{PAY}-{n}.txt")
        quiet.bank.step()
    assert quiet.waiting() == []
    assert quiet.log[-1] == f"RET-{PAY}-{MOST_TRIES} was put aside, and is not sent again"
    assert quiet.ask(1)[0].status == "S"


def damaged(damage: Damage) -> Mishaps:
    """A bank whose first return has this damage."""
    seeds = (Mishaps(seed=seed, first_files=False, files=1) for seed in range(1000))
    return next(each for each in seeds if each.of_file(PAY, 0) is damage and not each.of_order(id_of(1)))


def test_a_late_return_comes_later(tmp_path: Path) -> None:
    customer = Customer(tmp_path, damaged(Damage.LATE))
    with closing(customer.book):
        customer.pay(1)
        assert customer.waiting() == []
        customer.clock += LATE
        customer.bank.step()
        assert len(customer.told(f"RET-{PAY}-1")) == 1


def test_a_lost_return_is_made_good_by_asking_or_by_sending_the_file_again(tmp_path: Path) -> None:
    customer = Customer(tmp_path, damaged(Damage.LOST))
    with closing(customer.book):
        customer.pay(1)
        assert customer.waiting() == []
        (asked,) = customer.ask(1)
        customer.pay(1)
        assert customer.told(f"RET-{PAY}-2") == [asked]
        assert asked.status == "S"


def test_a_refused_answer_and_statement_are_sent_again_under_the_next_number(quiet: Customer) -> None:
    quiet.pay(1)
    quiet.told(f"RET-{PAY}-1")
    quiet.bank.look_back()
    statement = quiet.bank.desk.close_session("txt")
    quiet.bank.step()
    before = quiet.look(f"{statement}.txt")
    (quiet.folders.outgoing / f"{statement}.txt").rename(quiet.folders.quarantine / f"{statement}.txt")
    quiet.bank.step()
    again = quiet.look(f"STM-{DAY}-002.txt")
    assert (statement, again.details) == (f"STM-{DAY}-001", before.details)
    assert quiet.bank.desk.close_session("txt") == f"STM-{DAY}-003"


def test_every_movement_that_was_told_is_in_one_statement(tmp_path: Path) -> None:
    customer = Customer(tmp_path, ONLY_FATES)
    with closing(customer.book):
        desk, numbers = customer.bank.desk, range(200)
        customer.pay(*numbers)
        assert statement(customer, desk.close_session("json")) == []
        told = {line.payment: line for line in customer.told(f"RET-{PAY}-1")}
        customer.bank.step()
        first = statement(customer, desk.close_session("json"))
        assert {line.payment for line in first} == {id for id, line in told.items() if line.status == "S"}
        customer.ask(*(n for n in numbers if told[id_of(n)].status == "P"))
        customer.bank.step()
        back = desk.reverse(0.3, "txt")
        customer.bank.step()
        assert back is not None
        reversed_ = customer.told(back)
        customer.bank.step()
        second = statement(customer, desk.close_session("json"))
        assert {line.fund for line in (*first, *second)} == {FUND}
        lines = [*first, *second]
        assert len({line.reference for line in lines}) == len(lines)
        assert {line.payment: line.amount for line in lines if line.status == "S"} == customer.executed()
        assert [line.payment for line in lines if line.status == "R"] == [line.payment for line in reversed_]
        assert sum(line.amount for line in lines) == sum(customer.executed().values()) + sum(
            line.amount for line in reversed_
        )
        assert statement(customer, desk.close_session("json")) == []


def statement(customer: Customer, file: str) -> list[Answer]:
    customer.bank.step()
    found = customer.take(f"{file}.json")
    assert isinstance(found, Document)
    assert found.header.sum == sum(line.amount for line in found.details)
    return [line for line in found.details if isinstance(line, Answer)]


def test_what_came_back_comes_back_once_and_is_marked(quiet: Customer) -> None:
    quiet.pay(*range(1, 50))
    assert quiet.bank.desk.reverse(1, "txt") is None, "the customer does not know yet that it went"
    quiet.told(f"RET-{PAY}-1")
    quiet.bank.step()
    file = quiet.bank.desk.reverse(1, "txt")
    assert quiet.bank.desk.reverse(1, "txt") is None
    quiet.bank.step()
    lines = quiet.told(str(file))
    assert {(line.status, line.reason) for line in lines} == {("R", "RETURNED_BY_BANK")}
    assert {line.payment: -line.amount for line in lines} == quiet.executed()
    assert all(back for _, back in quiet.book.executed())
    quiet.pay(*range(1, 50))
    assert {line.status for line in quiet.told(f"RET-{PAY}-2")} == {"S"}


@settings(max_examples=25, deadline=None)
@given(
    files=st.lists(st.lists(st.integers(1, 12), min_size=1, unique=True), min_size=1, max_size=5),
    again=st.lists(st.integers(0, 4), max_size=5),
)
def test_whatever_comes_however_often_an_order_is_executed_once(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[int]], again: list[int]
) -> None:
    customer = Customer(tmp_path_factory.mktemp("bank"), Mishaps(seed=7, files=0.5))
    with closing(customer.book):
        for n in (*range(len(files)), *(n for n in again if n < len(files))):
            customer.pay(*files[n], file=f"PAY-{FUND}-{DAY}-{n + 1:03d}")
        customer.clock += LATE
        customer.bank.step()
        lines = [line for each in customer.take_all() if isinstance(each, Document) for line in each.details]
        numbers = {n for each in files for n in each}
        went = {n for n in numbers if ONLY_FATES.of_order(id_of(n)) in (Fate.NONE, Fate.LATE_EXECUTED)}
        assert customer.executed() == {id_of(n): amount(n) for n in went}
        said = {(line.payment, line.status) for line in lines if isinstance(line, Answer) and line.status in "SF"}
        assert len(said) == len(dict(said)), "no order has two final answers"
