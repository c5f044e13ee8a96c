"""What files between a province and the bank say, whatever their format.

A file is a header, details of one kind, and a trailer; the first letters of its id name the kind. Amounts are fen.
"""

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Final

from msgspec import Meta, Struct
from msgspec.structs import asdict

ENCODING: Final = "gb18030"
COLUMNS: Final = {
    "file": 64,
    "answers": 64,
    "day": 8,
    "count": 8,
    "sum": 18,
    "payment": 36,
    "amount": 18,
    "account": 32,
    "name": 80,
    "bank": 80,
    "purpose": 40,
    "status": 1,
    "reason": 16,
    "reference": 32,
    "fund": 40,
    "digest": 64,
}
"""Width of every member in bytes of GB18030."""

EXECUTED: Final = "S"
NOT_EXECUTED: Final = "F"
NOT_KNOWN: Final = "P"
CAME_BACK: Final = "R"

_FILE: Final = re.compile(
    r"(?P<answer>RET-(?=PAY)|ANS-(?=ASK))?"
    r"(?:PAY-(?P<fund>[A-Z][A-Z0-9_]{0,39})|ASK|REV|STM)-[0-9]{8}-[0-9]{3}(?(answer)-[1-9][0-9]{0,2})"
)

Line = Annotated[str, Meta(pattern=r"^(?:[^\x00-\x20\x7f](?:[^\x00-\x1f\x7f]*[^\x00-\x20\x7f])?)?$")]
"""Text without control characters and without blanks at its ends; may be empty."""
FileId = Annotated[str, Meta(pattern=r"^[A-Z0-9_-]{1,64}$")]
OrderId = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Day = Annotated[str, Meta(pattern=r"^2[0-9]{7}$")]
Code = Annotated[str, Meta(pattern=r"^[A-Z0-9_]*$")]
Fen = Annotated[int, Meta(gt=-(10**17), lt=10**17)]


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a file; its members are in the order of the agreement."""


class Header(Record, frozen=True):
    file: FileId
    answers: Annotated[str, Meta(pattern=r"^[A-Z0-9_-]{0,64}$")]
    day: Day
    count: Annotated[int, Meta(ge=0, lt=10**8)]
    sum: Fen


class Trailer(Record, frozen=True):
    count: Annotated[int, Meta(ge=0, lt=10**8)]
    sum: Fen
    digest: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]


class Payment(Record, frozen=True):
    payment: OrderId
    amount: Annotated[int, Meta(gt=0, lt=10**17)]
    account: Line
    name: Line
    bank: Line
    purpose: Line


class Inquiry(Record, frozen=True):
    payment: OrderId
    amount: Annotated[int, Meta(gt=0, lt=10**17)]


class Answer(Record, frozen=True):
    """A line of a return, answer, reversal or statement."""

    payment: OrderId
    amount: Fen
    status: Annotated[str, Meta(pattern="^[SFPR]$")]
    reason: Code = ""
    reference: Code = ""
    fund: Code = ""


Detail = Payment | Inquiry | Answer
KINDS: Final[dict[str, type[Detail]]] = {
    "PAY": Payment, "ASK": Inquiry, "RET": Answer, "ANS": Answer, "REV": Answer, "STM": Answer,
}  # fmt: skip


class Document(Struct, frozen=True):
    """A file without its trailer, which says nothing of its own."""

    header: Header
    details: tuple[Detail, ...]


class Refused(Exception):
    """A file is not taken; `reason` is a name of the agreement."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def document(file: str, *, answers: str = "", day: str, details: Iterable[Detail]) -> Document:
    """A document whose totals are true."""
    lines = tuple(details)
    total = sum(line.amount for line in lines)
    return Document(Header(file=file, answers=answers, day=day, count=len(lines), sum=total), lines)


def kind_of(file: str) -> type[Detail]:
    """What the details of this file are. Refused: no file has this id."""
    if not _FILE.fullmatch(file):
        raise Refused("undecodable")
    return KINDS[file[:3]]


def fund_of(file: str) -> str:
    """The fund of a payment file."""
    found = _FILE.fullmatch(file)
    return (found and found["fund"]) or ""


def digest(data: bytes) -> str:
    """SM3 in hex."""
    return hashlib.new("sm3", data).hexdigest()


def checked(file: str, found: Document, trailer: Trailer, *, hashed: str) -> Document:
    """What was read, if it is whole. Refused: the first of the agreement's reasons that is true."""
    header, lines = found.header, found.details
    possible = header.file == file and _is_day(header.day) and all(map(_fits, (header, *lines)))
    total = sum(line.amount for line in lines)
    reasons = {
        "undecodable": not possible,
        "truncated": trailer.digest != hashed,
        "count": not header.count == trailer.count == len(lines),
        "sum": not header.sum == trailer.sum == total,
        "line_doubled": len(set(map(_identity, lines))) < len(lines),
    }
    for reason, wrong in reasons.items():
        if wrong:
            raise Refused(reason)
    return found


def _is_day(text: str) -> bool:
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True


def _identity(line: Detail) -> tuple[str, str]:
    """What a file has once: an order, and in a statement, where it may come and go, a movement."""
    return line.payment, line.reference if isinstance(line, Answer) and line.fund else ""


def _fits(record: Record) -> bool:
    texts = ((name, value) for name, value in asdict(record).items() if isinstance(value, str))
    return all(len(value.encode(ENCODING)) <= COLUMNS[name] for name, value in texts)
