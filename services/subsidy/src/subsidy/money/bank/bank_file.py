"""The rules of a file: sent once; taken whole or refused whole, and never taken twice."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias, assert_never

from eventcore import Decider, Effect, Read, Seen

from subsidy.money import ledger
from subsidy.money.bank.events import Answer, FileEvent, FileLines, FileQuarantined, FileSent, FileTaken, SentOrder
from subsidy.money.bank.judging import fault
from subsidy.money.bank.records import FromBank, Reason

PART: Final = 50
"""Lines of an event: a policy answers each with a command, and a fact's commands go in one call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendFile:
    sent: FileSent


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeFile:
    """A file that could be read. `executed`: what was paid by the orders that it names; of a reversal only."""

    file: str
    kind: FromBank
    answers: str
    day: date
    sum: int
    digest: str
    whole: str
    """SM3 over the whole file."""
    lines: tuple[Answer, ...]
    executed: Mapping[str, int]
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineFile:
    file: str
    reason: Reason
    whole: str
    today: date


FileCommand: TypeAlias = SendFile | TakeFile | QuarantineFile


@dataclass(frozen=True, slots=True)
class Unknown:
    refused: frozenset[tuple[str, str]] = frozenset()
    """Digest and reason of what was refused under this id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    day: date
    orders: tuple[SentOrder, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    digest: str
    refused: frozenset[tuple[str, str]] = frozenset()


BankFile: TypeAlias = Unknown | Sent | Taken


def decide(command: FileCommand, file: BankFile, seen: Seen) -> Sequence[FileEvent]:
    match command:
        case SendFile():
            return [command.sent] if isinstance(file, Unknown) else []
        case TakeFile():
            return take(command, file, seen)
        case QuarantineFile():
            return quarantine(command.file, command.reason, command.whole, command.today, file)
        case _:
            assert_never(command)


def take(command: TakeFile, file: BankFile, seen: Seen) -> Sequence[FileEvent]:
    """The same file again changes nothing: whoever took it was stopped before it was put away."""
    if isinstance(file, Taken) and file.digest == command.digest:
        return []
    reason = _fault(command, file, seen)
    if reason:
        return quarantine(command.file, reason, command.whole, command.today, file)
    taken = FileTaken(
        file=command.file,
        kind=command.kind,
        answers=command.answers,
        day=command.day,
        count=len(command.lines),
        sum=command.sum,
        digest=command.digest,
    )
    parts = [
        FileLines(file=command.file, kind=command.kind, day=command.day, part=n, lines=lines)
        for n, lines in enumerate(_parts(command.lines))
    ]
    return [taken, *parts]


def _parts(lines: tuple[Answer, ...]) -> Iterable[tuple[Answer, ...]]:
    return (lines[at : at + PART] for at in range(0, len(lines), PART))


def _fault(command: TakeFile, file: BankFile, seen: Seen) -> Reason | None:
    if not isinstance(file, Unknown):
        return "already_taken"
    lines = [(each.payment, each.amount) for each in command.lines]
    match command.kind:
        case "STM":
            return _stated_twice(command.lines)
        case "REV":
            return fault([(payment, -amount) for payment, amount in lines], command.executed, complete=False)
        case "RET" | "ANS":
            answered = seen.state(BANK_FILE, command.answers)
            if not isinstance(answered, Sent):
                return "unknown_order"
            if command.day < answered.day:
                return "wrong_day"
            return fault(lines, {each.payment: each.amount for each in answered.orders}, complete=True)
        case _:
            assert_never(command.kind)


def _stated_twice(lines: Iterable[Answer]) -> Reason | None:
    """An order may be executed and come back in one session; a movement is stated once."""
    return "line_doubled" if any(n > 1 for n in Counter(each.reference for each in lines).values()) else None


def quarantine(file: str, reason: Reason, whole: str, today: date, found: BankFile) -> Sequence[FileEvent]:
    if not isinstance(found, Sent) and (whole, reason) in found.refused:
        return []
    return [FileQuarantined(file=file, reason=reason, digest=whole, quarantined_on=today)]


def evolve(file: BankFile, event: FileEvent) -> BankFile:
    match event:
        case FileSent():
            return Sent(day=event.day, orders=event.orders)
        case FileTaken():
            return Taken(digest=event.digest, refused=file.refused if isinstance(file, Unknown) else frozenset())
        case FileLines():
            return file
        case FileQuarantined():
            return _refused(file, (event.digest, event.reason))
        case _:
            assert_never(event)


def _refused(file: BankFile, refused: tuple[str, str]) -> BankFile:
    match file:
        case Unknown():
            return Unknown(file.refused | {refused})
        case Taken():
            return Taken(digest=file.digest, refused=file.refused | {refused})
        case Sent():
            return file
        case _:
            assert_never(file)


def reads(command: FileCommand) -> Iterable[Read]:
    if isinstance(command, TakeFile) and command.answers:
        yield Read(BANK_FILE, command.answers)


def effects(_: BankFile, event: FileEvent) -> Iterable[Effect]:
    if isinstance(event, FileSent) and event.kind == "PAY":
        counties: Counter[str] = Counter()
        for order in event.orders:
            counties[order.region] += order.amount
        for county, amount in sorted(counties.items()):
            yield from ledger.sent(event.fund, county, amount)


BANK_FILE: Final[Decider[FileCommand, FileEvent, BankFile]] = Decider(
    category="bank-file",
    initial=Unknown(),
    decide=decide,
    evolve=evolve,
    events=FileEvent,
    reads=reads,
    effects=effects,
)
