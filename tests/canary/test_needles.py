"""The scanner finds every form that it promises, wherever in other bytes it lies, and nothing else."""

import hashlib
import io
from base64 import b64encode
from urllib.parse import quote

import pytest

from tests.canary.needles import needles
from tests.canary.scanner import CHUNK, Scanner
from tests.canary.subjects import Subject, subjects

SUBJECT = next(subjects(1))
NAME, NUMBER, PHONE = SUBJECT.name, SUBJECT.number, SUBJECT.phone


@pytest.fixture(scope="module")
def machine() -> Scanner:
    return Scanner(needles(subjects(3)))


@pytest.fixture
def scanner(machine: Scanner) -> Scanner:
    machine.hits.clear()
    return machine


@pytest.mark.parametrize(
    "leak",
    [
        NAME.encode(),
        NAME.encode("utf-16-le"),
        NAME.encode("utf-16-be"),
        NAME.encode("gbk"),
        NAME.encode("gb18030"),
        NAME[::-1].encode(),
        NAME.encode().hex().encode(),
        NAME.encode("gb18030").hex().upper().encode(),
        quote(NAME).encode(),
        quote(NAME).lower().encode(),
        NAME.encode("ascii", "backslashreplace"),
        b64encode(NAME.encode()),
        b64encode(b"x" + NAME.encode()),
        b64encode(b"xy" + NAME.encode() + b"z"),
        NUMBER.encode(),
        NUMBER.encode("utf-16-le"),
        NUMBER[::-1].encode(),
        NUMBER.encode().hex().encode(),
        b64encode(b'{"number":"' + NUMBER.encode() + b'"}'),
        NUMBER[3:11].encode(),
        NUMBER[-8:].encode(),
        hashlib.sha256(NUMBER.encode()).digest(),
        hashlib.sha256(NUMBER.encode()).hexdigest().encode(),
        hashlib.md5(NUMBER.encode(), usedforsecurity=False).hexdigest().upper().encode(),
        b64encode(hashlib.new("sm3", NUMBER.encode()).digest()),
        PHONE.encode(),
        SUBJECT.employer.encode(),
    ],
)
def test_every_form_of_a_leak_is_found_among_other_bytes(scanner: Scanner, leak: bytes) -> None:
    for before, after in ((b"", b""), (b"\x00\xff", b"\xfe\x01"), (b'{"x":"', b'"}')):
        scanner.hits.clear()
        scanner.data("test: here", before + leak + after)
        assert scanner.hits


def test_what_lies_across_two_pieces_of_a_file_is_found_once(scanner: Scanner) -> None:
    for at in (CHUNK - 9, CHUNK - 1, CHUNK, 2 * CHUNK - 5):
        scanner.hits.clear()
        scanner.file("test: file", io.BytesIO(b"-" * at + PHONE.encode() + b"-" * 100))
        assert [(hit.at, hit.needle.kind) for hit in scanner.hits] == [(at, "phone")]


def test_bytes_of_a_dump_are_read_as_the_bytes_that_are_meant(scanner: Scanner) -> None:
    scanner.dump("test: dump", b"1\t\\\\x" + NAME.encode("utf-16-be").hex().encode() + b"\t2\n")
    assert {hit.place for hit in scanner.hits} >= {"test: dump (bytes)"}


@pytest.mark.parametrize(
    "other",
    [
        next(iter([each for each in subjects(9) if each.number != NUMBER][5:])).phone.encode(),
        b"0190a2f1-8c5e-7e52-b3a1-" + NUMBER[6:14].encode() + b"ab7c",
        b"4bf92f3577b34da6" + NUMBER[6:14].encode() + b"ce929d0e",
        NUMBER[:7].encode(),
        NAME[:2].encode(),
        hashlib.sha256(b"somebody else").digest(),
    ],
)
def test_what_is_no_leak_is_passed_over(scanner: Scanner, other: bytes) -> None:
    scanner.data("test: here", b'"' + other + b'"')
    assert scanner.hits == []


def test_subjects_are_all_different_and_would_be_taken() -> None:
    people: list[Subject] = list(subjects(200))
    for kind in ("name", "number", "phone", "employer", "contact"):
        assert len({getattr(each, kind) for each in people}) == len(people)
