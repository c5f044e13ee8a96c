"""What can have happened to a file. Storage format: names and fields are for ever. Never an account or a name."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal, TypeAlias

from subsidy.money.bank.records import FromBank


@dataclass(frozen=True, slots=True, kw_only=True)
class SentOrder:
    """An order in a file to the bank. Part of stored events."""

    payment: str
    claim: str
    region: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A line of a file from the bank. Part of stored events."""

    payment: str
    claim: str
    """Empty where nobody knows the order: a statement may name one."""
    amount: int
    status: Literal["S", "F", "P", "R"]
    reason: str
    reference: str
    fund: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSent:
    """The file lies whole where the bank takes it."""

    type: ClassVar[str] = "bank-file-sent"
    file: str
    """Key of this stream: the file's id."""
    kind: Literal["PAY", "ASK"]
    batch: str
    fund: str
    day: date
    count: int
    sum: int
    digest: str
    left_out: int
    """So much of the batch is not in it."""
    orders: tuple[SentOrder, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTaken:
    type: ClassVar[str] = "bank-file-taken"
    file: str
    kind: FromBank
    answers: str
    day: date
    count: int
    sum: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLines:
    """What a taken file says, in parts that a policy can answer; all of them come with the taking, or none."""

    type: ClassVar[str] = "bank-file-lines"
    file: str
    kind: FromBank
    day: date
    part: int
    lines: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileQuarantined:
    type: ClassVar[str] = "bank-file-quarantined"
    file: str
    reason: str
    digest: str
    """SM3 over the whole file."""
    quarantined_on: date


FileEvent: TypeAlias = FileSent | FileTaken | FileLines | FileQuarantined
