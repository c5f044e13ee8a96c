"""The bank as a process: killed anywhere it loses and doubles nothing, one serves at a time, it stops when told to."""

import csv
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from bank.__main__ import main
from bank.folders import Folders
from bank.formats import txt
from bank.model import Answer, Payment, Refused, document
from typer.testing import CliRunner

pytestmark = pytest.mark.processes
DAY = "20261128"
PAY = f"PAY-FUND-{DAY}-001"
POINTS = ("read", "booked", "moved", "writing", "written", "renamed")


def command(root: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "bank", words[0], "--folder", str(root), *words[1:]]


def run(root: Path, *words: str) -> str:
    done = CliRunner().invoke(main, command(root, *words)[3:])
    assert done.exit_code == 0, done.output
    return done.stdout


@contextmanager
def serving(root: Path, *words: str, kill_at: str = "") -> Iterator[subprocess.Popen[str]]:
    started = subprocess.Popen(  # noqa: S603 our own command
        command(root, "serve", "--delay", "0", *words), stdout=subprocess.PIPE, text=True,
        env=os.environ | {"BANK_KILL_AT": kill_at},
    )  # fmt: skip
    with started:
        try:
            yield started
        finally:
            started.terminate()


def put_payments(root: Path, count: int = 10) -> None:
    lines = [
        Payment(
            payment=str(UUID(int=n)), amount=n, account="6222020200112233445", name="王秀英", bank="示范支行",
            purpose="补贴",
        )
        for n in range(1, count + 1)
    ]  # fmt: skip
    folder = Folders(root).incoming
    (folder / f".{PAY}.txt").write_bytes(txt.dump(document(PAY, day=DAY, details=lines)))
    (folder / f".{PAY}.txt").rename(folder / f"{PAY}.txt")


def is_whole(path: Path) -> bool:
    try:
        return bool(txt.load(path.stem, path.read_bytes()))
    except Refused:
        return False


def wait_for(met: Callable[[], object]) -> None:
    deadline = time.monotonic() + 10
    while not met():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def executed(root: Path) -> dict[str, int]:
    rows = list(csv.DictReader(run(root, "executed").splitlines()))
    assert len({row["reference"] for row in rows}) == len(rows)
    assert len({row["payment"] for row in rows}) == len(rows)
    return {row["payment"]: int(row["amount"]) for row in rows}


@pytest.mark.parametrize("point", POINTS)
def test_killed_anywhere_it_executes_once_answers_and_shows_no_half_file(tmp_path: Path, point: str) -> None:
    put_payments(tmp_path)
    folders = Folders(tmp_path)
    with serving(tmp_path, "--no-mishaps", kill_at=point) as killed:
        assert killed.wait(timeout=10) == -signal.SIGKILL
    assert all(is_whole(path) for path in folders.outgoing.glob("[!.]*.txt"))
    with serving(tmp_path, "--no-mishaps"):
        wait_for((folders.outgoing / f"RET-{PAY}-1.txt").exists)
        wait_for((folders.taken / f"{PAY}.txt").exists)
    (only,) = folders.outgoing.glob("[!.]*.txt")
    lines = txt.load(only.stem, only.read_bytes()).details
    assert {line.status for line in lines if isinstance(line, Answer)} == {"S"}
    assert executed(tmp_path) == {str(UUID(int=n)): n for n in range(1, 11)}


def test_killed_after_the_province_took_the_file_it_does_not_send_it_again(tmp_path: Path) -> None:
    put_payments(tmp_path)
    folders = Folders(tmp_path)
    with serving(tmp_path, "--no-mishaps", kill_at="renamed") as killed:
        killed.wait(timeout=20)
    (folders.outgoing / f"RET-{PAY}-1.txt").rename(folders.accepted / f"RET-{PAY}-1.txt")
    with serving(tmp_path, "--no-mishaps") as bank:
        assert bank.stdout is not None
        assert bank.stdout.readline() == f"RET-{PAY}-1.txt sent, 10 lines\n"
        assert list(folders.outgoing.glob("[!.]*.txt")) == []


def test_a_second_process_refuses_to_serve_the_same_store(tmp_path: Path) -> None:
    put_payments(tmp_path)
    with serving(tmp_path) as first:
        assert first.stdout is not None
        first.stdout.readline()
        second = CliRunner().invoke(main, command(tmp_path, "serve")[3:])
        assert second.exit_code == 1
        assert "Another process serves this store" in second.stderr
        first.send_signal(signal.SIGTERM)
        assert first.wait(timeout=10) == 0


def test_its_words_are_one_line_a_file_and_name_nobody(tmp_path: Path) -> None:
    put_payments(tmp_path)
    with serving(tmp_path, "--no-mishaps") as bank:
        wait_for((tmp_path / "from-bank" / f"RET-{PAY}-1.txt").exists)
        bank.terminate()
        said, _ = bank.communicate(timeout=10)
    assert said.splitlines() == [f"{PAY}.txt taken, 10 lines", f"RET-{PAY}-1.txt sent, 10 lines"]


@pytest.mark.parametrize("served", [True, False], ids=["beside a serving one", "alone"])
def test_statements_reversals_and_lists_are_made_by_commands(tmp_path: Path, served: bool) -> None:
    put_payments(tmp_path)
    folders = Folders(tmp_path)
    with serving(tmp_path, "--seed", "7", "--no-first-files") as bank:
        wait_for((folders.outgoing / f"RET-{PAY}-1.txt").exists)
        (folders.outgoing / f"RET-{PAY}-1.txt").rename(folders.accepted / f"RET-{PAY}-1.txt")
        if not served:
            bank.terminate()
            bank.wait(timeout=10)
        reversal = run(tmp_path, "reverse", "--share", "1", "--format", "json").strip()
        wait_for((folders.outgoing / f"{reversal}.json").exists)
        first = run(tmp_path, "close-session").strip()
        wait_for((folders.outgoing / f"{first}.txt").exists)
    went = executed(tmp_path)
    found = txt.load(first, (folders.outgoing / f"{first}.txt").read_bytes())
    assert {line.payment: line.amount for line in found.details} == went
    rows = csv.DictReader(run(tmp_path, "executed").splitlines())
    assert all(row["came_back"] for row in rows)
    planted = list(csv.DictReader(run(tmp_path, "mishaps").splitlines()))
    assert {row["where"] for row in planted} >= {str(UUID(int=n)) for n in range(1, 11)} - set(went)
