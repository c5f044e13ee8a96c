"""What a file says, whatever its format. The order of the fields is that of the agreement."""

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal, TypeAlias

import msgspec

Reason: TypeAlias = Literal[
    "undecodable",
    "truncated",
    "count",
    "sum",
    "line_missing",
    "line_doubled",
    "unknown_order",
    "amount_differs",
    "already_taken",
    "wrong_day",
]
"""Why a file is refused as a whole."""


FromBank: TypeAlias = Literal["RET", "ANS", "REV", "STM"]
"""Kinds of files that the bank sends."""


class Unreadable(Exception):
    """The file is refused, by this name; the text of the file is in no error."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Final = reason


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all parts of a file."""


class Header(Record, frozen=True):
    file: str
    answers: str
    day: str
    count: int
    sum: int


class PaymentLine(Record, frozen=True):
    """Personal data, if a worker is paid: never logged, never kept."""

    payment: str
    amount: int
    account: str
    name: str
    bank: str
    purpose: str


class InquiryLine(Record, frozen=True):
    payment: str
    amount: int


class AnswerLine(Record, frozen=True):
    payment: str
    amount: int
    status: Literal["S", "F", "P", "R"]
    reason: str
    reference: str
    fund: str


class Trailer(Record, frozen=True):
    count: int
    sum: int
    digest: str


Detail: TypeAlias = PaymentLine | InquiryLine | AnswerLine

DETAILS: Final[dict[str, type[Detail]]] = {
    "PAY": PaymentLine,
    "ASK": InquiryLine,
    "RET": AnswerLine,
    "ANS": AnswerLine,
    "REV": AnswerLine,
    "STM": AnswerLine,
}
"""First part of a file's id -> what a line of it says."""


class Document(msgspec.Struct, frozen=True):
    """A whole file, read; `digest` is that of the bytes before the trailer."""

    header: Header
    details: tuple[Detail, ...]
    trailer: Trailer
    digest: str

    @property
    def kind(self) -> str:
        return kind_of(self.header.file)

    @property
    def day(self) -> date:
        return day_of(self.header.day)


def kind_of(file: str) -> str:
    """`PAY`, `RET` …"""
    return file.partition("-")[0]


def detail_of(file: str) -> type[Detail]:
    """What a line of the file says. Unreadable where the file's id is no file's of the agreement."""
    if kind_of(file) not in DETAILS:
        raise Unreadable("undecodable")
    return DETAILS[kind_of(file)]


def day_of(text: str) -> date:
    """Unreadable where it is no day, written as yyyymmdd."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Unreadable("undecodable") from None
    if f"{day:%Y%m%d}" != text:
        raise Unreadable("undecodable")
    return day


def header_of(file: str, answers: str, day: date, details: Sequence[Detail]) -> Header:
    """With the details' count and sum."""
    return Header(file, answers, f"{day:%Y%m%d}", len(details), sum(each.amount for each in details))
